package io.promwarden.catalog.tsdb;

import io.promwarden.finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bug of Prometheus that is known, and where it bites.
 *
 * @param id repository and number of its thread, e.g. {@code prometheus#18200}
 * @param bounds of the versions that have it; all have to hold
 * @param conditions what has to be set; all of them
 * @param says what it does, to follow 'in this version'
 * @param source the threads that were read
 */
record Advisory(
        String id,
        List<Bound> bounds,
        List<Condition> conditions,
        Severity severity,
        String says,
        String fix,
        String source) {

    private static final Pattern BOUND = Pattern.compile("(>=|<)(\\S+)");
    private static final Pattern CONDITION = Pattern.compile("(config|flag) ([^\\s,]+)");

    /** A version from which on, or before which. */
    record Bound(boolean from, Version version) {
        boolean holds(Version running) {
            return from == (running.compareTo(version) >= 0);
        }
    }

    /** Where a setting stands. */
    enum Place {
        /** Below {@code storage.tsdb} of the loaded configuration. */
        CONFIG,
        /** The command line. */
        FLAG
    }

    /** A setting that is not left as it was. */
    record Condition(Place place, String name) {}

    Advisory {
        bounds = List.copyOf(bounds);
        conditions = List.copyOf(conditions);
    }

    boolean concerns(Version running) {
        return bounds.stream().allMatch(bound -> bound.holds(running));
    }

    /**
     * All entries of the product's list.
     *
     * @throws IllegalStateException if an entry can't be read: it is part of the product
     */
    static List<Advisory> all() {
        try (InputStream list = Advisory.class.getResourceAsStream("/advisories/prometheus.txt")) {
            if (list == null) {
                throw new IllegalStateException("no list of advisories");
            }
            return parse(new String(list.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Advisory> parse(String text) {
        List<Advisory> all = new ArrayList<>();
        Map<String, String> entry = new HashMap<>();
        for (String line : (text + "\n\n").lines().toList()) {
            int colon = line.indexOf(": ");
            if (line.isBlank() && !entry.isEmpty()) {
                all.add(of(entry));
                entry.clear();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                if (colon < 0) {
                    throw new IllegalStateException("no field in an advisory: " + line);
                }
                entry.put(line.substring(0, colon), line.substring(colon + 2).trim());
            }
        }
        return List.copyOf(all);
    }

    private static Advisory of(Map<String, String> entry) {
        String id = field(entry, "id");
        List<Bound> bounds = new ArrayList<>();
        Matcher bound = BOUND.matcher(field(entry, "versions"));
        while (bound.find()) {
            Optional<Version> version = Version.parse(bound.group(2));
            bounds.add(new Bound(
                    bound.group(1).equals(">="),
                    version.orElseThrow(() -> new IllegalStateException("no version in " + id))));
        }
        List<Condition> conditions = new ArrayList<>();
        Matcher condition = CONDITION.matcher(field(entry, "when"));
        while (condition.find()) {
            conditions.add(
                    new Condition(condition.group(1).equals("config") ? Place.CONFIG : Place.FLAG, condition.group(2)));
        }
        if (bounds.isEmpty() || conditions.isEmpty()) {
            throw new IllegalStateException("no versions or no condition in " + id);
        }
        Severity severity = switch (field(entry, "severity")) {
            case "error" -> Severity.ERROR;
            case "warning" -> Severity.WARNING;
            case "info" -> Severity.INFO;
            default -> throw new IllegalStateException("no severity in " + id);
        };
        return new Advisory(
                id, bounds, conditions, severity, field(entry, "says"), field(entry, "fix"), field(entry, "source"));
    }

    private static String field(Map<String, String> entry, String name) {
        String value = entry.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("no " + name + " in " + entry);
        }
        return value;
    }
}
