package io.promwarden.observation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two servers run the same configuration without showing it. External labels don't count: they are what
 * replicas differ in on purpose. Nor does the order of a mapping's keys.
 */
public final class ConfigurationFingerprint {

    /** A capture keeps little of a configuration, and the fingerprint of all of it as a comment in front. */
    private static final String COMMENT = "# fingerprint of the whole but its external labels: ";

    private static final Pattern NOTED = Pattern.compile(Pattern.quote(COMMENT) + "([0-9a-f]{16})\n[\\s\\S]*");
    private static final int BYTES = 8;

    private ConfigurationFingerprint() {}

    /**
     * The fingerprint of a configuration.
     *
     * @param configuration as a YAML parser gives it: maps, lists and scalars
     */
    public static String of(@Nullable Object configuration) {
        StringBuilder text = new StringBuilder();
        write(configuration, "", text);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The comment that holds it, a line. */
    public static String note(String fingerprint) {
        return COMMENT + fingerprint + "\n";
    }

    /** The fingerprint that a comment in front of the text holds. */
    public static Optional<String> noted(String yaml) {
        Matcher noted = NOTED.matcher(yaml);
        return noted.matches() ? Optional.of(noted.group(1)) : Optional.empty();
    }

    private static void write(@Nullable Object value, String path, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
            text.append('{');
            sorted.forEach((key, entry) -> {
                String below = path + "/" + key;
                if (!below.equals("/global/external_labels")) {
                    scalar(key, text);
                    write(entry, below, text);
                }
            });
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(entry -> write(entry, path + "[]", text));
            text.append(']');
        } else {
            scalar(String.valueOf(value), text);
        }
    }

    /** With its length in front, no two trees give the same text. */
    private static void scalar(String value, StringBuilder text) {
        text.append(value.length()).append(':').append(value);
    }
}
