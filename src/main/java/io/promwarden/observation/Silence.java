package io.promwarden.observation;

import java.time.Instant;
import java.util.List;

/**
 * A silence.
 *
 * @param matchers as Alertmanager writes them, e.g. {@code alertname="Watchdog"}
 * @param state {@code active}, {@code pending} or {@code expired}
 */
public record Silence(
        String id,
        List<String> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String comment,
        String state) {
    public Silence {
        matchers = List.copyOf(matchers);
    }
}
