package io.promwarden.check;

import io.promwarden.finding.Finding;
import java.util.List;

/** What a check has to say about one subject. */
public sealed interface Inspection {

    /** It was judged; no finding means that nothing is wrong. */
    record Inspected(List<Finding> findings) implements Inspection {
        public Inspected {
            findings = List.copyOf(findings);
        }
    }

    /**
     * It could not be judged.
     *
     * @param reason the cause, without the subject's name: the same cause is shown once, however many subjects it hits
     */
    record NotRun(String reason) implements Inspection {}

    static Inspection clean() {
        return new Inspected(List.of());
    }

    static Inspection found(Finding finding) {
        return new Inspected(List.of(finding));
    }

    static Inspection found(List<Finding> findings) {
        return new Inspected(findings);
    }

    static Inspection notRun(String reason) {
        return new NotRun(reason);
    }
}
