package io.promwarden.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an exporter says, as a function of time: the same series has the same value at the same instant in back-filled
 * history, in both replicas and in both nights.
 *
 * @param series the lines of a file under {@code src/demo/exporters}
 */
record Exposition(List<Series> series) {

    private static final Pattern LINE =
            Pattern.compile("(\\*?)([a-zA-Z_:]+)(\\{.*})? (counter|gauge|const) (\\S+)(?: (\\S+))?");
    private static final double DAY = 86_400;

    /** When all counters were zero. */
    private static final double EPOCH = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    /**
     * One series.
     *
     * @param braces its labels as written, with placeholders; empty for none
     * @param level a counter's rate per second, a gauge's mean
     * @param swing how far a gauge goes up and down, 0 to 1
     */
    record Series(String name, String braces, String kind, double level, double swing, boolean history) {

        /** The value on one pod. */
        double at(double second, String identity) {
            // The buckets of a histogram have to fit one another, so counters of one name differ by pod only.
            double own = 0.75 + 0.5 * Seed.share(name + (kind.equals("counter") ? "" : braces) + identity);
            double phase = second / DAY * 2 * Math.PI;
            return switch (kind) {
                case "const" -> level;
                // Twice as busy at noon as at midnight, and never falling.
                case "counter" ->
                    Math.floor(level * own * (second - EPOCH - 0.4 * DAY / (2 * Math.PI) * Math.sin(phase)));
                default -> Math.floor(1000 * level * own * (1 + swing * Math.sin(phase * 3 + own * 9))) / 1000;
            };
        }

        String labels(Map<String, String> placeholders) {
            String labels = braces;
            for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
                labels = labels.replace("$" + placeholder.getKey(), placeholder.getValue());
            }
            return labels;
        }
    }

    Exposition {
        series = List.copyOf(series);
    }

    /** These series as well. */
    Exposition and(List<Series> more) {
        return new Exposition(Stream.concat(series.stream(), more.stream()).toList());
    }

    static Exposition read(Path file) {
        try {
            return new Exposition(Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(Exposition::series)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Series series(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a series: " + line);
        }
        return new Series(
                parts.group(2),
                parts.group(3) == null ? "" : parts.group(3),
                parts.group(4),
                Double.parseDouble(parts.group(5)),
                parts.group(6) == null ? 0 : Double.parseDouble(parts.group(6)),
                !parts.group(1).isEmpty());
    }

    /** The text that a scrape gets. */
    String text(Instant now, Map<String, String> placeholders) {
        String identity = placeholders.toString();
        StringBuilder text = new StringBuilder();
        for (Series one : series) {
            text.append(one.name())
                    .append(one.labels(placeholders))
                    .append(' ')
                    .append(one.at((double) now.getEpochSecond(), identity))
                    .append('\n');
        }
        return text.toString();
    }
}
