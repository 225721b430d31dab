package io.promwarden.label;

import java.util.Comparator;

/**
 * One label matcher.
 *
 * @param name the label's name; {@code __name__} for the metric's
 * @param value a literal, or a regular expression that Prometheus anchors at both ends
 */
public record Matcher(String name, Op op, String value) implements Comparable<Matcher> {

    /** The label that holds a metric's name. */
    public static final String METRIC_NAME = "__name__";

    private static final Comparator<Matcher> ORDER =
            Comparator.comparing(Matcher::name).thenComparing(Matcher::op).thenComparing(Matcher::value);

    /** How a value is compared. */
    public enum Op {
        EQUAL("="),
        NOT_EQUAL("!="),
        REGEX("=~"),
        NOT_REGEX("!~");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        /** As PromQL writes it. */
        public String sign() {
            return sign;
        }

        /** True for the two that say what a value is, not what it isn't. */
        public boolean positive() {
            return this == EQUAL || this == REGEX;
        }
    }

    /** As PromQL writes it, e.g. {@code job=~"a|b"}. */
    public String text() {
        return name + op.sign() + PromQuote.quote(value);
    }

    @Override
    public int compareTo(Matcher other) {
        return ORDER.compare(this, other);
    }
}
