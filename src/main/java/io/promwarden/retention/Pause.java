package io.promwarden.retention;

import java.time.Duration;

/** Waiting between two looks at a server; tests don't wait. */
@FunctionalInterface
public interface Pause {

    /**
     * Waits.
     *
     * @return false when it was interrupted: whoever waits gives up
     */
    boolean sleep(Duration duration);

    /** One that really sleeps. */
    static Pause real() {
        return duration -> {
            try {
                Thread.sleep(duration);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
