package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text exposition format 0.0.4. Histograms and summaries come as their series ({@code _bucket}, {@code _sum},
 * {@code _count}); timestamps are passed over. See prometheus.io/docs/instrumenting/exposition_formats.
 */
final class Exposition {

    private final String text;
    private int at;

    private Exposition(String text) {
        this.text = text;
    }

    /** All samples by metric name; unknown with the line's number if one can't be read. */
    static Answer<OwnMetrics> read(String text) {
        return new Exposition(text).samples();
    }

    private Answer<OwnMetrics> samples() {
        Map<String, List<Sample>> byName = new HashMap<>();
        int line = 0;
        while (at < text.length()) {
            line++;
            skipBlanks();
            if (at < text.length() && peek() != '\n' && peek() != '#' && !sample(byName)) {
                return Answer.unknown("the metrics can't be read: line " + line + " is no sample");
            }
            skipLine();
        }
        return byName.isEmpty()
                ? Answer.unknown("the server exposes no metrics")
                : Answer.known(new OwnMetrics(copies(byName)));
    }

    private boolean sample(Map<String, List<Sample>> byName) {
        String name = name();
        skipBlanks();
        Map<String, String> labels = new HashMap<>();
        if (name.isEmpty() || (peek() == '{' && !labels(labels))) {
            return false;
        }
        skipBlanks();
        Optional<Double> value = QueryReader.number(word());
        value.ifPresent(number ->
                byName.computeIfAbsent(name, none -> new ArrayList<>()).add(new Sample(Labels.of(labels), number)));
        return value.isPresent();
    }

    private boolean labels(Map<String, String> labels) {
        at++;
        while (true) {
            skipBlanks();
            if (peek() == '}') {
                at++;
                return true;
            }
            String name = name();
            skipBlanks();
            if (name.isEmpty() || peek() != '=') {
                return false;
            }
            at++;
            skipBlanks();
            Optional<String> value = quoted();
            if (value.isEmpty()) {
                return false;
            }
            labels.put(name, value.get());
            skipBlanks();
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                return false;
            }
        }
    }

    /** A label's value, in which only backslash, quote and line feed are escaped. */
    private Optional<String> quoted() {
        if (peek() != '"') {
            return Optional.empty();
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c == '\n') {
                return Optional.empty();
            }
            if (c == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                switch (escaped) {
                    case 'n' -> value.append('\n');
                    case '\\', '"' -> value.append(escaped);
                    default -> value.append('\\').append(escaped);
                }
            } else {
                value.append(c);
            }
        }
        return Optional.empty();
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String word() {
        int start = at;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\n';
    }

    private void skipBlanks() {
        while (at < text.length() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) {
            at++;
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private static boolean isNamePart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
    }

    private static Map<String, List<Sample>> copies(Map<String, List<Sample>> byName) {
        byName.replaceAll((name, samples) -> List.copyOf(samples));
        return byName;
    }
}
