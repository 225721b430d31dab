package io.promwarden.retention;

import io.promwarden.answer.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Looks again and again until something is so, it takes too long, or the run is to stop. */
final class Watch {

    /** How it ended. */
    enum End {
        SO,
        LATE,
        STOPPED
    }

    private final Clock clock;
    private final BooleanSupplier stop;
    private final Duration poll;
    private final Pause pause;

    Watch(Clock clock, BooleanSupplier stop, Duration poll, Pause pause) {
        this.clock = clock;
        this.stop = stop;
        this.poll = poll;
        this.pause = pause;
    }

    boolean stopped() {
        return stop.getAsBoolean();
    }

    /** Looks at once, then after each pause. Bounded by looks as well as by the clock, which may stand still. */
    End until(BooleanSupplier so, Duration atMost) {
        Instant deadline = clock.instant().plus(atMost);
        for (long looks = 1 + atMost.dividedBy(poll); ; looks--) {
            if (so.getAsBoolean()) {
                return End.SO;
            }
            if (stopped()) {
                return End.STOPPED;
            }
            if (looks <= 0 || clock.instant().isAfter(deadline)) {
                return End.LATE;
            }
            if (!pause.sleep(poll)) {
                return End.STOPPED;
            }
        }
    }

    /** Until a server is ready and answers queries. */
    End untilHealthy(Replica replica, Duration atMost) {
        return until(
                () -> replica.server().ready().equals(Answer.known(true))
                        && replica.server().time().value().isPresent(),
                atMost);
    }
}
