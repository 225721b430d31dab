package io.promwarden.check;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is to be said of exemptions themselves: those that have expired, cover nothing or can't be read. */
public final class ExemptionFindings {

    public static final CheckId EXPIRED = new CheckId("exemption", "expired");
    public static final CheckId UNUSED = new CheckId("exemption", "unused");
    public static final CheckId MALFORMED = new CheckId("exemption", "malformed");

    /** These have pages like any check; the runner reports them after all checks are done. */
    public static final List<CheckId> IDS = List.of(EXPIRED, MALFORMED, UNUSED);

    private final String cluster;
    private final Set<CheckId> known;
    private final LocalDate today;

    ExemptionFindings(String cluster, Set<CheckId> known, LocalDate today) {
        this.cluster = cluster;
        this.known = known;
        this.today = today;
    }

    /**
     * The findings.
     *
     * @param used exemptions that cover at least one finding
     * @param judged checks that judged every subject: only of these is it known that there was nothing to cover
     * @param everywhere true if an exemption without a cluster can only be meant for this one
     */
    List<Finding> of(ExemptionBook book, Set<Exemption> used, Set<CheckId> judged, boolean everywhere) {
        List<Finding> findings = new ArrayList<>();
        book.problems()
                .forEach(problem -> findings.add(draft(MALFORMED, Severity.WARNING, problem.subject())
                        .aspect(problem.text())
                        .fact("annotation", ExemptionBook.ANNOTATION)
                        .fix(Fix.of("Write the annotation as 'check-id[, check-id] [until YYYY-MM-DD]: reason'."))
                        .say("The exemption can't be read, so it exempts nothing: " + problem.text())));
        book.all().forEach(exemption -> {
            Subject subject = subject(exemption);
            Set<CheckId> strangers = new TreeSet<>(exemption.checks());
            strangers.removeAll(known);
            if (!strangers.isEmpty()) {
                findings.add(draft(MALFORMED, Severity.WARNING, subject)
                        .aspect(words(strangers))
                        .fact("written in", exemption.origin())
                        .fix(Fix.of("Correct the check's name; docs/checks.md lists them."))
                        .say("The exemption names a check that does not exist: " + words(strangers)));
            }
            if (exemption.expired(today)) {
                findings.add(draft(EXPIRED, Severity.WARNING, subject)
                        .aspect(words(exemption.checks()))
                        .fact(
                                "until",
                                exemption.until().map(LocalDate::toString).orElse(""))
                        .fact("reason", exemption.reason())
                        .fact("written in", exemption.origin())
                        .fact("still found", used.contains(exemption) ? "yes" : "no")
                        .fix(Fix.of(
                                used.contains(exemption)
                                        ? "Mend what it covered, or decide anew and give it a later date."
                                        : "Remove it: nothing is found any more."))
                        .say("The exemption from " + words(exemption.checks()) + " has expired and exempts nothing"));
            } else if (!used.contains(exemption) && idle(exemption, judged, everywhere)) {
                findings.add(draft(UNUSED, Severity.INFO, subject)
                        .aspect(words(exemption.checks()))
                        .fact("reason", exemption.reason())
                        .fact("written in", exemption.origin())
                        .fix(Fix.of("Remove it: it would hide the next real finding."))
                        .say("The exemption from " + words(exemption.checks()) + " covers nothing that was found"));
            }
        });
        return findings.stream().distinct().toList();
    }

    private static boolean idle(Exemption exemption, Set<CheckId> judged, boolean everywhere) {
        return judged.containsAll(exemption.checks())
                && (everywhere || exemption.cluster().isPresent());
    }

    private static FindingDraft draft(CheckId id, Severity severity, Subject subject) {
        return new FindingDraft(id, severity, subject);
    }

    /** The object that it is about, or, when it is about many, the exemption itself: without its line, which moves. */
    private Subject subject(Exemption exemption) {
        if (exemption.kind().isPresent() && exemption.name().isPresent()) {
            return new Subject(
                    cluster,
                    exemption.kind().get(),
                    exemption.namespace().orElse(""),
                    exemption.name().get());
        }
        String what =
                exemption.kind().orElse("any kind") + " " + exemption.name().orElse("*");
        return new Subject(cluster, "Exemption", exemption.namespace().orElse(""), what);
    }

    private static String words(Set<CheckId> checks) {
        return checks.stream().sorted().map(CheckId::toString).collect(Collectors.joining(", "));
    }
}
