package io.promwarden.wiring;

import io.promwarden.batch.StopSignal;
import io.promwarden.history.Store;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stop signal of what changes servers: it is also given when the store's lock is lost, as when a PostgreSQL session is
 * cut. Another run may have the lock by then, and would send what this one is about to send.
 */
final class WhileLocked implements BooleanSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(WhileLocked.class);

    private final StopSignal stop;
    private final BooleanSupplier held;
    private final String store;

    WhileLocked(StopSignal stop, Store store) {
        this(stop, store::held, store.text());
    }

    WhileLocked(StopSignal stop, BooleanSupplier held, String store) {
        this.stop = stop;
        this.held = held;
        this.store = store;
    }

    @Override
    public boolean getAsBoolean() {
        if (stop.getAsBoolean()) {
            return true;
        }
        if (held.getAsBoolean()) {
            return false;
        }
        LOG.error("the lock of the store {} was lost: nothing more is sent to any server", store);
        stop.stop();
        return true;
    }
}
