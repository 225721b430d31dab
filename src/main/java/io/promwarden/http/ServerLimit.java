package io.promwarden.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much one server is asked: at most so many requests at once, first come first served, and so many a second, evenly
 * spaced. Give the same limit to everything that asks the same server.
 */
public final class ServerLimit {

    private final Semaphore places;
    private final long gapNanos;
    private final Pause pause;
    private final AtomicLong nextStart;

    /**
     * A limit.
     *
     * @param requestsAtOnce 1 or more
     * @param requestsPerSecond 1 or more
     */
    public ServerLimit(int requestsAtOnce, int requestsPerSecond) {
        this(requestsAtOnce, requestsPerSecond, Pause.REAL);
    }

    ServerLimit(int requestsAtOnce, int requestsPerSecond, Pause pause) {
        if (requestsAtOnce < 1 || requestsPerSecond < 1) {
            throw new IllegalArgumentException("a limit of none: " + requestsAtOnce + ", " + requestsPerSecond);
        }
        this.places = new Semaphore(requestsAtOnce, true);
        this.gapNanos = 1_000_000_000L / requestsPerSecond;
        this.pause = pause;
        this.nextStart = new AtomicLong(pause.nanoTime());
    }

    /** Waits for its turn. Whoever came in has to {@link #leave()}. */
    void enter() throws InterruptedException {
        places.acquire();
        try {
            long now = pause.nanoTime();
            long mine = nextStart.getAndUpdate(next -> (next - now < 0 ? now : next) + gapNanos);
            if (mine - now > 0) {
                pause.sleep(Duration.ofNanos(mine - now));
            }
        } catch (InterruptedException e) {
            places.release();
            throw e;
        }
    }

    void leave() {
        places.release();
    }
}
