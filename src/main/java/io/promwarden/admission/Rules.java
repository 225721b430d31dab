package io.promwarden.admission;

import java.util.Map;

/** The codes of what the schema refuses, by the field, and what its patterns mean in words. */
final class Rules {

    static final String SCHEMA = "SCHEMA";
    static final String METADATA = "METADATA";

    private static final Map<String, String> BY_FIELD = Map.ofEntries(
            Map.entry("action", "RL-ACTION"),
            Map.entry("modulus", "RL-MODULUS"),
            Map.entry("proxyUrl", "PROXY"),
            Map.entry("scrapeClass", "CLASS"),
            Map.entry("port", "PORT"),
            Map.entry("portNumber", "PORT"),
            Map.entry("targetPort", "PORT"),
            Map.entry("tokenUrl", "OAUTH2"),
            Map.entry("oauth2", "OAUTH2"),
            Map.entry("clientId", "OAUTH2"),
            Map.entry("minVersion", "TLS-VERSION"),
            Map.entry("maxVersion", "TLS-VERSION"),
            Map.entry("selectorMechanism", "MECHANISM"));

    private Rules() {}

    static String of(Place place, Structure structure) {
        if (place.path().equals("spec.prober.url")) {
            return "PROBE-URL";
        }
        String byField = BY_FIELD.get(place.name());
        if (byField != null) {
            return byField;
        }
        String pattern = structure.pattern() == null ? "" : structure.pattern().pattern();
        return duration(pattern) ? "DURATION" : pattern.contains("://") ? "URL" : SCHEMA;
    }

    static String of(CelRule rule) {
        return rule.text().contains("basicAuth") && rule.text().contains("oauth2") ? "AUTH-XOR" : SCHEMA;
    }

    /** What to say of a text that a pattern does not fit. */
    static String mismatch(String pattern) {
        if (duration(pattern)) {
            return "is no duration such as 30s or 1m30s";
        }
        if (pattern.contains("://")) {
            return "is no URL of the form " + pattern;
        }
        return "does not match " + pattern;
    }

    private static boolean duration(String pattern) {
        return pattern.contains("([0-9]+)ms)");
    }
}
