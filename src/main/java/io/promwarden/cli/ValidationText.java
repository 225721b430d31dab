package io.promwarden.cli;

import io.promwarden.admission.Layer;
import io.promwarden.admission.Reason;
import io.promwarden.admission.Validation;
import io.promwarden.admission.Validation.Outcome;
import io.promwarden.wiring.Validated;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The records of {@code promwarden validate} for a reader: what is wrong first in each object, and the sums at the end. */
final class ValidationText {

    private final PrintWriter out;

    ValidationText(PrintWriter out) {
        this.out = out;
    }

    void print(Validated validated) {
        for (Validation record : validated.records()) {
            if (worthSaying(record)) {
                record(record);
            }
        }
        notes(validated).forEach(this::line);
        line(sums(validated.records()));
    }

    /** What a reader must know to trust the verdicts; goes to standard error beside the other formats. */
    static List<String> notes(Validated validated) {
        Set<String> notes = new LinkedHashSet<>();
        validated.crdProblems().forEach(problem -> notes.add("CRDs: " + problem));
        if (!validated.essentialsOnly().isEmpty()) {
            notes.add("schema: essentials only (no CRD was given for " + String.join(", ", validated.essentialsOnly())
                    + ")");
        }
        if (validated.assumed()) {
            notes.add("prometheus: none was given, so one is assumed that selects everything");
        }
        return List.copyOf(notes);
    }

    private static boolean worthSaying(Validation record) {
        return !record.is(Outcome.ACCEPTED)
                || !record.dropped().isEmpty()
                || !record.findings().isEmpty();
    }

    private void record(Validation record) {
        StringBuilder head = new StringBuilder()
                .append(record.file())
                .append(':')
                .append(record.line())
                .append(": ")
                .append(record.subject());
        record.verdict().ifPresent(verdict -> head.append(": ").append(verdict.word()));
        record.layer()
                .ifPresent(layer -> head.append(layer == Layer.SCHEMA ? " by the API server" : " by the operator"));
        record.prometheus().ifPresent(name -> head.append(" for ").append(name));
        line(head.toString());
        record.reasons().forEach(reason -> line("    " + text(reason)));
        if (!record.dropped().isEmpty()) {
            line("    left out of the configuration: " + String.join(", ", record.dropped()));
        }
        for (Validation.Note note : record.findings()) {
            String path = note.path().map(field -> " " + field).orElse("");
            line("    " + note.severity().word() + " " + note.check() + path + ": " + note.message());
        }
    }

    private static String text(Reason reason) {
        return reason.code() + (reason.path().isEmpty() ? "" : " " + reason.path()) + ": " + reason.message();
    }

    private static String sums(List<Validation> records) {
        StringBuilder sums = new StringBuilder();
        for (Outcome outcome : Outcome.values()) {
            long count = records.stream().filter(record -> record.is(outcome)).count();
            if (count > 0 || outcome == Outcome.ACCEPTED || outcome == Outcome.REJECTED) {
                sums.append(sums.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(outcome.word());
            }
        }
        return sums.toString();
    }

    private void line(String text) {
        out.println(Terminal.safe(text.replace('\n', ' ')));
    }
}
