package io.promwarden.check;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Subject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the annotation {@code promwarden.io/exempt}: {@code check-id[, check-id] [until YYYY-MM-DD]: reason}, entries
 * separated by {@code ;}. What can't be read exempts nothing, and is said.
 *
 * @param exemptions entries that could be read
 * @param problems one sentence for each entry that could not
 */
record ExemptionText(List<Exemption> exemptions, List<String> problems) {

    private static final Pattern UNTIL = Pattern.compile("(.*?)(?:\\s+|^)until\\s+(\\S+)");

    ExemptionText {
        exemptions = List.copyOf(exemptions);
        problems = List.copyOf(problems);
    }

    /** An annotation's entries, holding for this subject alone. */
    static ExemptionText parse(String annotation, Subject subject, String origin) {
        List<Exemption> exemptions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String entry : annotation.split(";", -1)) {
            if (!entry.isBlank()) {
                parse(entry.trim(), subject, origin, exemptions, problems);
            }
        }
        if (exemptions.isEmpty() && problems.isEmpty()) {
            problems.add("it is empty");
        }
        return new ExemptionText(exemptions, problems);
    }

    private static void parse(
            String entry, Subject subject, String origin, List<Exemption> exemptions, List<String> problems) {
        int colon = entry.indexOf(':');
        String reason = colon < 0 ? "" : entry.substring(colon + 1).trim();
        if (reason.isEmpty()) {
            problems.add("'" + entry + "' gives no reason: write 'check-id: reason'");
            return;
        }
        String head = entry.substring(0, colon).trim();
        Optional<LocalDate> until = Optional.empty();
        Matcher dated = UNTIL.matcher(head);
        if (dated.matches()) {
            try {
                until = Optional.of(LocalDate.parse(dated.group(2)));
            } catch (DateTimeParseException e) {
                problems.add("'" + dated.group(2) + "' is no date: write 'until YYYY-MM-DD'");
                return;
            }
            head = dated.group(1);
        }
        Set<CheckId> checks = new LinkedHashSet<>();
        for (String word : head.split(",", -1)) {
            try {
                checks.add(CheckId.parse(word.trim()));
            } catch (IllegalArgumentException e) {
                problems.add("'" + word.trim() + "' is no check: write family/name, such as monitor/not-scraped");
                return;
            }
        }
        exemptions.add(new Exemption(
                checks,
                Optional.of(subject.cluster()),
                Optional.of(subject.kind()),
                Optional.of(subject.namespace()),
                Optional.of(subject.name()),
                until,
                reason,
                origin));
    }
}
