package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.delivery.Deliverer;
import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.MessageComposer;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.formats.TextSummary;
import io.promwarden.html.MailHtml;
import io.promwarden.job.ChannelSpec;
import io.promwarden.job.StepSpec;
import io.promwarden.mail.EmlFile;
import io.promwarden.mail.MailDeliverer;
import io.promwarden.mail.SmtpSettings;
import io.promwarden.report.GovernanceReport;
import io.promwarden.webhook.WebhookDeliverer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the deliverers of a job's channels. A channel whose secret is missing fails; it is not left out. */
final class Channels {

    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WEBHOOK_PAUSE = Duration.ofSeconds(2);

    private final Secrets secrets;
    private final Connections connections;
    private final Clock clock;

    Channels(Secrets secrets, Connections connections, Clock clock) {
        this.secrets = secrets;
        this.connections = connections;
        this.clock = clock;
    }

    /** The channels of a deliver step that are set up. */
    List<Deliverer> of(StepSpec.Deliver deliver) {
        return deliver.channels().stream()
                .filter(channel -> channel.onlyIf().map(this::isSet).orElse(true))
                .map(this::deliverer)
                .toList();
    }

    /** Each mail of a deliver step as a file beside the report, and nothing else: for the demo. */
    List<Deliverer> asFiles(StepSpec.Deliver deliver) {
        List<Deliverer> files = new ArrayList<>();
        for (ChannelSpec channel : deliver.channels()) {
            if (channel instanceof ChannelSpec.Mail mail) {
                files.add(new EmlFile(mail.name(), mail.from(), mail.to(), composer(), clock));
            }
        }
        return files;
    }

    private boolean isSet(io.promwarden.job.SecretRef reference) {
        return secrets.resolve(reference).value().isPresent();
    }

    private Deliverer deliverer(ChannelSpec channel) {
        return switch (channel) {
            case ChannelSpec.Mail mail -> mail(mail);
            case ChannelSpec.Webhook webhook -> webhook(webhook);
        };
    }

    private Deliverer mail(ChannelSpec.Mail mail) {
        Optional<SmtpSettings.Login> login = Optional.empty();
        if (mail.login().isPresent()) {
            ChannelSpec.Login wanted = mail.login().get();
            switch (secrets.resolve(wanted.password())) {
                case Answer.Known<String> password ->
                    login = Optional.of(new SmtpSettings.Login(wanted.user(), password.known()));
                case Answer.Unknown<String> missing -> {
                    return new NotSetUp(mail.name(), missing.why());
                }
            }
        }
        SmtpSettings settings = new SmtpSettings(
                mail.host(),
                mail.port(),
                SmtpSettings.Security.valueOf(mail.security().name()),
                login,
                Optional.empty(),
                SmtpSettings.Timeouts.DEFAULT);
        return new MailDeliverer(mail.name(), settings, mail.from(), mail.to(), composer(), clock);
    }

    private Deliverer webhook(ChannelSpec.Webhook webhook) {
        Answer<String> url = switch (webhook.url()) {
            case ChannelSpec.Location.Plain plain -> Answer.known(plain.url().toString());
            case ChannelSpec.Location.Secret secret -> secrets.resolve(secret.reference());
        };
        return switch (url) {
            case Answer.Unknown<String> missing -> new NotSetUp(webhook.name(), missing.why());
            case Answer.Known<String> known -> webhook(webhook, known.known());
        };
    }

    private Deliverer webhook(ChannelSpec.Webhook webhook, String url) {
        URI whole;
        try {
            whole = new URI(url);
        } catch (URISyntaxException e) {
            return new NotSetUp(webhook.name(), "its URL is none: " + e.getReason());
        }
        if (whole.getHost() == null || !("http".equals(whole.getScheme()) || "https".equals(whole.getScheme()))) {
            return new NotSetUp(webhook.name(), "its URL is none: it must begin with http:// or https://");
        }
        URI server = URI.create(whole.getScheme() + "://" + whole.getRawAuthority());
        String path = whole.getRawPath().isEmpty() ? "/" : whole.getRawPath();
        return new WebhookDeliverer(
                webhook.name(),
                connections.webhook(server, webhook.credentials(), webhook.tls()),
                whole.getRawQuery() == null ? path : path + "?" + whole.getRawQuery(),
                WEBHOOK_TIMEOUT,
                WEBHOOK_PAUSE);
    }

    private static MessageComposer composer() {
        return new MessageComposer(new TextSummary(), new MailHtml());
    }

    /** A channel that cannot be used: each delivery fails with the reason. */
    private record NotSetUp(String channel, String reason) implements Deliverer {
        @Override
        public DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport report, RenderedFiles files) {
            return new DeliveryOutcome.Failed(reason);
        }
    }
}
