package io.promwarden.batch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Somebody asked the run to stop: units of work under way end, no further one begins, and the run stays restartable. */
public final class StopSignal implements BooleanSupplier {

    private final AtomicBoolean stopped = new AtomicBoolean();

    public void stop() {
        stopped.set(true);
    }

    @Override
    public boolean getAsBoolean() {
        return stopped.get();
    }
}
