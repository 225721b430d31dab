package io.promwarden.history;

import io.promwarden.answer.Answer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a PostgreSQL URL; passwords come by reference only. */
final class PostgresUrl {

    private static final Set<String> PASSWORDS = Set.of("password", "sslpassword");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private PostgresUrl() {}

    static Answer<StoreUrl> parse(String url, Map<String, String> environment) {
        String rest = url.substring(url.indexOf("postgres"));
        rest = rest.substring(rest.indexOf(':') + 1);
        int query = rest.indexOf('?');
        String address = query < 0 ? rest : rest.substring(0, query);
        Map<String, String> login = new LinkedHashMap<>();
        if (environment.containsKey("PGPASSWORD")) {
            login.put("password", environment.getOrDefault("PGPASSWORD", ""));
        }
        int at = address.lastIndexOf('@');
        if (at >= 0) {
            String user = address.substring(address.startsWith("//") ? 2 : 0, at);
            if (user.indexOf(':') >= 0) {
                return Answer.unknown(literal());
            }
            login.put("user", URLDecoder.decode(user, StandardCharsets.UTF_8));
            address = "//" + address.substring(at + 1);
        }
        List<String> others = new ArrayList<>();
        for (String parameter :
                query < 0 ? new String[0] : rest.substring(query + 1).split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (PASSWORDS.contains(name)) {
                Answer<String> secret = secret(value, environment);
                if (secret.value().isEmpty()) {
                    return Answer.unknown(secret.reason().orElse(""));
                }
                login.put(name, secret.value().get());
            } else if (name.equals("user")) {
                Answer<String> user = value.startsWith("$") ? secret(value, environment) : Answer.known(decode(value));
                if (user.value().isEmpty()) {
                    return Answer.unknown(user.reason().orElse(""));
                }
                login.put(name, user.value().get());
            } else if (!parameter.isEmpty()) {
                others.add(parameter);
            }
        }
        String driverUrl = "jdbc:postgresql:" + address + (others.isEmpty() ? "" : "?" + String.join("&", others));
        return Answer.known(new StoreUrl.Postgres(driverUrl, login));
    }

    private static Answer<String> secret(String value, Map<String, String> environment) {
        Matcher reference = REFERENCE.matcher(value);
        if (reference.matches()) {
            String found = environment.get(reference.group(1));
            return found == null || found.isEmpty()
                    ? Answer.unknown("the environment variable " + reference.group(1) + " is not set")
                    : Answer.known(found);
        }
        if (value.startsWith("file:/")) {
            Path file = Path.of(value.substring("file:".length()));
            try {
                return Answer.known(Files.readString(file).stripTrailing());
            } catch (IOException e) {
                return Answer.unknown("the password's file " + file + " cannot be read");
            }
        }
        return Answer.unknown(literal());
    }

    private static String literal() {
        return "a password is never written into the store's URL, where process lists and shell histories show it:"
                + " write password=${NAME} for an environment variable, or password=file:/path";
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
