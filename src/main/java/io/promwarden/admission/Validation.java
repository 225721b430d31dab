package io.promwarden.admission;

import io.promwarden.finding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What {@code promwarden validate} says of one object and one Prometheus, or of a document that it can't read.
 *
 * @param file as it was given, {@code -} for standard input
 * @param line where the object begins, from 1
 * @param kind empty for a document that can't be read
 * @param prometheus {@code namespace/name} of the Prometheus that selects it; {@link #ASSUMED} where none was given; empty
 *     when none selects it
 * @param verdict empty for an object that no operator judges and that has findings
 * @param layer who rejects it; empty unless it is rejected
 * @param dropped fields that leave the configuration of an accepted object
 * @param findings what the checks say of the object's own text; in the object's first record only
 */
public record Validation(
        String file,
        int line,
        Optional<String> kind,
        String namespace,
        String name,
        Optional<String> prometheus,
        Optional<Outcome> verdict,
        Optional<Layer> layer,
        List<Reason> reasons,
        List<String> dropped,
        List<Note> findings) {

    /** Stands for the Prometheus that selects everything, in a world that has none of its own. */
    public static final String ASSUMED = "(assumed)";

    /** What became of it. */
    public enum Outcome {
        ACCEPTED("accepted"),
        REJECTED("rejected"),
        NOT_SELECTED("not-selected"),
        /** Something that decides could not be looked at. */
        UNKNOWN("unknown"),
        UNREADABLE("unreadable");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Outcome of(Verdict.Outcome verdict) {
            return switch (verdict) {
                case ACCEPTED -> ACCEPTED;
                case REJECTED -> REJECTED;
                case UNKNOWN -> UNKNOWN;
            };
        }
    }

    /**
     * A finding on the object's own text.
     *
     * @param check its id, e.g. {@code monitor/field-unknown}
     * @param path the field; empty where it is about the whole object
     */
    public record Note(String check, Severity severity, Optional<String> path, String message) {}

    public Validation {
        reasons = List.copyOf(reasons);
        dropped = List.copyOf(dropped);
        findings = List.copyOf(findings);
    }

    public static Validation unreadable(String file, int line, String message) {
        return new Validation(
                file,
                line,
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Optional.of(Outcome.UNREADABLE),
                Optional.empty(),
                List.of(new Reason("UNREADABLE", "", message)),
                List.of(),
                List.of());
    }

    public Validation withFindings(List<Note> all) {
        return new Validation(file, line, kind, namespace, name, prometheus, verdict, layer, reasons, dropped, all);
    }

    public boolean is(Outcome outcome) {
        return verdict.filter(outcome::equals).isPresent();
    }

    /** {@code ServiceMonitor shop/cart}, as kubectl would write it. */
    public String subject() {
        return kind.map(word -> word + " " + (namespace.isEmpty() ? name : namespace + "/" + name))
                .orElse("document");
    }
}
