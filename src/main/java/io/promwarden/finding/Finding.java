package io.promwarden.finding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Something that is wrong, or worth knowing, about one subject.
 *
 * @param aspect tells apart several findings of one check on one subject (an endpoint's index, a port's name); empty
 *     where there is only one. Never a number that changes from night to night.
 * @param message one sentence; may hold names from the cluster, which are hostile: escape where it is shown
 */
public record Finding(
        CheckId check,
        Severity severity,
        Subject subject,
        String aspect,
        String message,
        List<Fact> evidence,
        Optional<Fix> fix)
        implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity, Comparator.reverseOrder())
            .thenComparing(Finding::check)
            .thenComparing(Finding::subject)
            .thenComparing(Finding::aspect);

    public Finding {
        message = Redaction.text(message);
        evidence = List.copyOf(evidence);
    }

    /** Stable from night to night: check, subject and aspect, and neither order nor message. Twelve hex digits. */
    public String id() {
        String identity = String.join(
                "\0", check.toString(), subject.cluster(), subject.kind(), subject.namespace(), subject.name(), aspect);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
