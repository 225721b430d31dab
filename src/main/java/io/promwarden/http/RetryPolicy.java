package io.promwarden.http;

import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How often a question that may be repeated is asked: again after 429, 502, 503 and 504, and after a connection that was
 * refused or broke. Never after 500, which Prometheus also says for what no repetition mends, and never after a time-out.
 *
 * @param tries 1 or more
 * @param firstPause before the second try; doubled for each further one, less up to half of it by chance
 * @param longestPause no pause is longer; a server that asks for more is not asked again
 */
public record RetryPolicy(int tries, Duration firstPause, Duration longestPause) {

    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(30));
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    public RetryPolicy {
        if (tries < 1) {
            throw new IllegalArgumentException("at least one try: " + tries);
        }
    }

    /**
     * How long to wait after a try, or empty if its answer is the last.
     *
     * @param tried how many tries there were, from 1
     * @param chance gives numbers from 0 to 1
     */
    Optional<Duration> pauseAfter(HttpAnswer answer, int tried, DoubleSupplier chance) {
        if (tried >= tries) {
            return Optional.empty();
        }
        return switch (answer) {
            case Unanswered unanswered -> unanswered.passing() ? Optional.of(pause(tried, chance)) : Optional.empty();
            case Received received -> pauseAfter(received, tried, chance);
        };
    }

    private Optional<Duration> pauseAfter(Received received, int tried, DoubleSupplier chance) {
        return switch (received.status()) {
            case 429, 502, 503, 504 -> {
                Duration wanted = received.retryAfter().orElse(Duration.ZERO);
                Duration ours = pause(tried, chance);
                yield wanted.compareTo(longestPause) > 0
                        ? Optional.empty()
                        : Optional.of(wanted.compareTo(ours) > 0 ? wanted : ours);
            }
            default -> Optional.empty();
        };
    }

    private Duration pause(int tried, DoubleSupplier chance) {
        Duration doubled = firstPause.multipliedBy(1L << Math.min(tried - 1, 20));
        Duration capped = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
        return Duration.ofMillis(Math.round((double) capped.toMillis() * (1 - 0.5 * chance.getAsDouble())));
    }
}
