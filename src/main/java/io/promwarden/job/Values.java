package io.promwarden.job;

import io.promwarden.job.YamlNode.Scalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values: each method gives the value, or adds what is wrong with it. */
final class Values {

    static final String WHY_NO_SECRETS =
            "A job file is committed, kept in a ConfigMap and shown to others, so a secret in it is no secret.";

    private static final Pattern JOB_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern ENV = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");
    private static final Pattern OBJECT =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\\.?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern MAIL_ADDRESS =
            Pattern.compile("[^\\s@<>,;:\"()\\[\\]\\\\\\p{Cntrl}]{1,64}@[^\\s@<>,;:\"()\\[\\]\\\\\\p{Cntrl}]{1,255}");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)(^|&)[^=&]*(token|secret|passw|api-?_?key|access_?key|sig(nature)?$|^key|auth)[^=&]*=");

    private final Path folder;
    private final Problems problems;

    /** Relative paths start at {@code folder}. */
    Values(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    Optional<String> jobName(Scalar written) {
        if (JOB_NAME.matcher(written.text()).matches()) {
            return Optional.of(written.text());
        }
        problems.add(
                written.at(),
                Echo.quoted(written.text()) + " is no name for a job",
                "Use lower-case letters, digits and hyphens, 52 at most: it becomes part of ids and folders.");
        return Optional.empty();
    }

    Optional<String> name(Scalar written) {
        if (NAME.matcher(written.text()).matches()) {
            return Optional.of(written.text());
        }
        problems.add(
                written.at(),
                Echo.quoted(written.text()) + " is no name",
                "Use letters, digits, dots, underscores and hyphens, 63 at most, with a letter or digit first.");
        return Optional.empty();
    }

    static boolean isObject(String text) {
        return OBJECT.matcher(text).matches();
    }

    Optional<SecretRef> secret(String key, Scalar written) {
        String text = written.text();
        Matcher env = ENV.matcher(text);
        if (env.matches()) {
            return Optional.of(new SecretRef.Env(env.group(1)));
        }
        if (text.startsWith("file:")) {
            return path(new Scalar(written.at(), written.kind(), text.substring("file:".length())))
                    .map(SecretRef.File::new);
        }
        String wrong = text.startsWith("$") || key.equals("onlyIf")
                ? "`" + key + "` is no reference"
                : "`" + key + "` must not hold the secret itself. " + WHY_NO_SECRETS;
        problems.add(
                written.at(),
                wrong,
                "Write ${NAME} for an environment variable, or file:/path for a file; both are read when the job runs.");
        return Optional.empty();
    }

    /** A server's address: http or https, and nothing in it that could be a credential. */
    Optional<URI> url(Scalar written) {
        if (written.text().startsWith("$") || written.text().startsWith("file:")) {
            problems.add(
                    written.at(),
                    "a server's URL is written out; only secrets are references",
                    "Write it like https://prometheus.example.com:9090/prefix.");
            return Optional.empty();
        }
        Optional<URI> url = webAddress(written);
        if (url.isPresent() && url.get().getRawQuery() != null) {
            problems.add(
                    written.at(),
                    "a server's URL ends with its path; this one has a query",
                    "Remove the ? and what follows it. Credentials go into bearerToken or basic.");
            return Optional.empty();
        }
        return url;
    }

    /** Where a webhook goes: a URL, or a reference to one. */
    Optional<ChannelSpec.Location> location(Scalar written) {
        if (written.text().startsWith("$") || written.text().startsWith("file:")) {
            return secret("url", written).map(ChannelSpec.Location.Secret::new);
        }
        Optional<URI> url = webAddress(written);
        String query = url.map(URI::getRawQuery).orElse("");
        if (SECRET_PARAMETER.matcher(query).find()) {
            problems.add(
                    written.at(),
                    "`url` has a credential in its query. " + WHY_NO_SECRETS,
                    "Take the whole URL from the environment, url: ${WEBHOOK_URL}, or from a file, url: file:/path.");
            return Optional.empty();
        }
        return url.map(ChannelSpec.Location.Plain::new);
    }

    private Optional<URI> webAddress(Scalar written) {
        String text = written.text();
        String wrong;
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
                problems.add(
                        written.at(),
                        "`url` has a user or password in front of the host. " + WHY_NO_SECRETS,
                        "Remove it, and use basic: {user: ..., password: \"${NAME}\"}.");
                return Optional.empty();
            }
            if (!scheme.equals("http") && !scheme.equals("https")) {
                wrong = "it must start with http:// or https://";
            } else if (url.getHost() == null) {
                wrong = "it has no host, or one that is not well formed";
            } else if (url.getPort() == 0 || url.getPort() > 65535) {
                wrong = "its port is not between 1 and 65535";
            } else if (url.getRawFragment() != null) {
                wrong = "a # and what follows it is never sent to a server";
            } else {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // Its message repeats the input, which may hold a password; its reason does not.
            wrong = e.getReason().toLowerCase(Locale.ROOT);
        }
        problems.add(written.at(), "not a URL: " + wrong, "Write it like https://prometheus.example.com:9090/prefix.");
        return Optional.empty();
    }

    Optional<Path> path(Scalar written) {
        String text = written.text();
        String wrong = "";
        if (text.isBlank()) {
            wrong = "no file is named";
        } else if (text.startsWith("~")) {
            wrong = "~ is not expanded";
        } else if (text.contains("-----BEGIN")) {
            wrong = "this is a file's content, not its path";
        }
        if (wrong.isEmpty()) {
            try {
                return Optional.of(folder.resolve(text).normalize());
            } catch (InvalidPathException e) {
                wrong = "it has characters that no path has";
            }
        }
        problems.add(
                written.at(),
                "not a path: " + wrong,
                "Write an absolute path, or one that starts at this file's folder.");
        return Optional.empty();
    }

    Optional<Duration> duration(Scalar written) {
        Optional<Duration> duration = PrometheusDuration.parse(written.text());
        if (duration.isEmpty()) {
            problems.add(
                    written.at(),
                    Echo.quoted(written.text()) + " is no possible duration",
                    "Write whole numbers with y, w, d, h, m, s or ms, largest first and without spaces, e.g. 30d or 1d12h;"
                            + " more than nothing, and 100y at most.");
        }
        return duration;
    }

    Optional<String> host(Scalar written) {
        if (HOST.matcher(written.text()).matches() && written.text().length() <= 253) {
            return Optional.of(written.text());
        }
        problems.add(
                written.at(),
                "`host` is no host name or address",
                "Write the name alone, e.g. smtp.example.com; the port has a key of its own, and the host cannot be a"
                        + " ${NAME}.");
        return Optional.empty();
    }

    /** One bare address. A line break or a second address never gets into a mail's header. */
    Optional<String> mailAddress(Scalar written) {
        if (MAIL_ADDRESS.matcher(written.text()).matches()) {
            return Optional.of(written.text());
        }
        problems.add(
                written.at(),
                Echo.quoted(written.text()) + " is no mail address",
                "Write one bare address, e.g. sre@example.com; several go into the list `to`, one an entry.");
        return Optional.empty();
    }
}
