package io.promwarden.retention;

import java.time.Duration;
import java.util.Optional;

/**
 * What a job says about one selector.
 *
 * @param match one vector selector, as written
 * @param keep how long its samples stay
 * @param because why; shown in plans and receipts
 * @param cluster only in this cluster, where given
 * @param prometheus only on this Prometheus object ({@code namespace/name}) or static server, where given
 */
public record RetentionPolicy(
        String match, Duration keep, String because, Optional<String> cluster, Optional<String> prometheus) {}
