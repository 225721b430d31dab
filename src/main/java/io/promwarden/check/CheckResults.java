package io.promwarden.check;

import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import java.util.List;

/**
 * What the checks said about one cluster, sorted.
 *
 * @param findings those that count
 * @param exempted findings that an exemption covers, with its reason
 * @param notRun checks and subjects that could not be judged
 * @param checks how many checks were asked
 * @param subjects how many (check, subject) pairs were judged
 */
public record CheckResults(
        List<Finding> findings, List<Exempted> exempted, List<NotRun> notRun, int checks, int subjects) {

    /**
     * A finding that somebody accepted.
     *
     * @param reason as the exemption gives it
     * @param until the last day on which it holds, ISO date, or empty for no end
     */
    public record Exempted(Finding finding, String reason, String until) {}

    public CheckResults {
        findings = findings.stream().sorted().toList();
        exempted = List.copyOf(exempted);
        notRun = notRun.stream().sorted().distinct().toList();
    }
}
