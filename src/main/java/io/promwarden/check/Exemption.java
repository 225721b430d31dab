package io.promwarden.check;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Subject;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody's decision to live with what a check finds.
 *
 * @param checks which checks; never empty
 * @param cluster where it holds; empty for every cluster of the job
 * @param kind the subject's kind; empty for any
 * @param namespace the subject's namespace; empty for any
 * @param name the subject's name; empty for any
 * @param until the last day on which it holds; empty for no end
 * @param reason why; never blank
 * @param origin where it is written: a file and line, or an object's annotation
 */
public record Exemption(
        Set<CheckId> checks,
        Optional<String> cluster,
        Optional<String> kind,
        Optional<String> namespace,
        Optional<String> name,
        Optional<LocalDate> until,
        String reason,
        String origin) {

    public Exemption {
        checks = Set.copyOf(checks);
        if (checks.isEmpty() || reason.isBlank()) {
            throw new IllegalArgumentException("an exemption names its checks and its reason");
        }
    }

    public boolean covers(CheckId check, Subject subject) {
        return checks.contains(check)
                && cluster.map(subject.cluster()::equals).orElse(true)
                && kind.map(subject.kind()::equals).orElse(true)
                && namespace.map(subject.namespace()::equals).orElse(true)
                && name.map(subject.name()::equals).orElse(true);
    }

    public boolean expired(LocalDate today) {
        return until.map(today::isAfter).orElse(false);
    }
}
