package io.promwarden.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.batch.StopSignal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WhileLockedTest {

    private final StopSignal stop = new StopSignal();
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final WhileLocked locked = new WhileLocked(stop, held::get, "postgresql://db/promwarden");

    @Test
    void nothing_is_stopped_while_the_lock_is_held() {
        assertThat(locked.getAsBoolean()).isFalse();
        assertThat(stop.getAsBoolean()).isFalse();
    }

    @Test
    void a_lock_that_is_lost_stops_the_whole_run_for_good() {
        held.set(false);
        assertThat(locked.getAsBoolean()).isTrue();
        held.set(true);
        assertThat(locked.getAsBoolean()).isTrue();
        assertThat(stop.getAsBoolean()).isTrue();
    }

    @Test
    void a_stop_is_a_stop() {
        stop.stop();
        assertThat(locked.getAsBoolean()).isTrue();
    }
}
