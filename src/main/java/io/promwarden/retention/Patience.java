package io.promwarden.retention;

import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param poll between two looks
 * @param health until a replica must be ready again
 * @param delete after a delete call that was not answered
 * @param clean after a clean call that was not answered; it rewrites blocks one after another
 * @param recovery after a restart, for a call of which it isn't known whether it was sent or goes on
 */
public record Patience(Duration poll, Duration health, Duration delete, Duration clean, Duration recovery) {

    public static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofHours(6),
            Duration.ofMinutes(15));
}
