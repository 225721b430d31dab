package io.promwarden.job;

import io.promwarden.job.ChannelSpec.Location;
import io.promwarden.job.ChannelSpec.Login;
import io.promwarden.job.ChannelSpec.Mail;
import io.promwarden.job.ChannelSpec.Security;
import io.promwarden.job.ChannelSpec.Webhook;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the channels of {@code deliver}. */
final class ChannelReading {

    private final Values values;
    private final ServerReading servers;

    ChannelReading(Values values) {
        this.values = values;
        this.servers = new ServerReading(values);
    }

    List<ChannelSpec> channels(List<YamlNode> nodes) {
        List<ChannelSpec> channels = new ArrayList<>();
        List<Fields> all = new ArrayList<>();
        for (Fields channel : Fields.each(nodes)) {
            Stream.of("mail", "webhook")
                    .flatMap(word -> channel.map(word).stream())
                    .forEach(all::add);
            channel.map("mail").flatMap(this::mail).ifPresent(channels::add);
            channel.map("webhook").flatMap(this::webhook).ifPresent(channels::add);
        }
        servers.unique("channels", all);
        return channels;
    }

    private Optional<ChannelSpec> mail(Fields fields) {
        Optional<String> name = fields.text("name").flatMap(values::name);
        Optional<SecretRef> onlyIf = onlyIf(fields);
        Optional<String> host = fields.text("host").flatMap(values::host);
        Security security = switch (fields.text("security").map(Scalar::text).orElse("starttls")) {
            case "tls" -> Security.TLS;
            case "none" -> Security.NONE;
            default -> Security.STARTTLS;
        };
        int port = Math.toIntExact(Math.clamp(fields.whole("port").orElse(security.usualPort()), 0, 65535));
        Optional<Login> login = login(fields);
        if (security == Security.NONE && fields.has("password")) {
            Mark at = fields.key("password");
            values.problems()
                    .add(
                            at,
                            "with `security: none` the password would be sent in clear text",
                            "Use starttls or tls, or remove user and password.");
        }
        Optional<String> from = fields.text("from").flatMap(values::mailAddress);
        List<String> to = Fields.texts(fields.list("to")).stream()
                .flatMap(text -> values.mailAddress(text).stream())
                .toList();
        if (name.isEmpty() || host.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Mail(name.get(), onlyIf, host.get(), port, security, login, from.get(), to));
    }

    private Optional<Login> login(Fields fields) {
        Optional<SecretRef> password = fields.text("password").flatMap(text -> values.secret("password", text));
        servers.together(fields, "user", "password", "A login takes both.");
        servers.together(fields, "password", "user", "A login takes both.");
        return fields.text("user").flatMap(user -> password.map(secret -> new Login(user.text(), secret)));
    }

    private Optional<ChannelSpec> webhook(Fields fields) {
        Optional<String> name = fields.text("name").flatMap(values::name);
        Optional<SecretRef> onlyIf = onlyIf(fields);
        Optional<Location> url = fields.text("url").flatMap(values::location);
        Credentials credentials = servers.credentials(fields);
        TlsSpec tls = servers.tls(fields);
        return name.flatMap(text -> url.map(location -> new Webhook(text, onlyIf, location, credentials, tls)));
    }

    private Optional<SecretRef> onlyIf(Fields fields) {
        return fields.text("onlyIf").flatMap(text -> values.secret("onlyIf", text));
    }
}
