package io.promwarden.check;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Fact;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A finding while a check writes it; {@link #say} ends it. */
public final class FindingDraft {

    private static final int MOST_FACTS = 20;

    private final CheckId check;
    private final Subject subject;
    private final List<Fact> facts = new ArrayList<>();
    private Severity severity;
    private String aspect = "";
    private Optional<Fix> fix = Optional.empty();

    FindingDraft(CheckId check, Severity severity, Subject subject) {
        this.check = check;
        this.severity = severity;
        this.subject = subject;
    }

    /** What tells this finding from others of the same check on the same subject; stable from night to night. */
    public FindingDraft aspect(String text) {
        this.aspect = text;
        return this;
    }

    public FindingDraft severity(Severity milder) {
        this.severity = milder;
        return this;
    }

    /** A piece of evidence; those beyond the twentieth are left out. */
    public FindingDraft fact(String name, String value) {
        if (facts.size() < MOST_FACTS) {
            facts.add(new Fact(name, value));
        }
        return this;
    }

    public FindingDraft fix(Fix how) {
        this.fix = Optional.of(how);
        return this;
    }

    /** The finding, with its one sentence. */
    public Finding say(String message) {
        return new Finding(check, severity, subject, aspect, message, facts, fix);
    }
}
