package io.promwarden.http;

import java.time.Duration;

/** Elapsed time and sleep, so that tests need not wait. */
interface Pause {

    Pause REAL = new Pause() {
        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    void sleep(Duration duration) throws InterruptedException;

    long nanoTime();
}
