package io.promwarden.cli;

import io.promwarden.batch.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into a request to stop: the virtual machine ends when the run has stopped, with 130 or 143 as for
 * any process that such a signal ends.
 */
final class StopOnSignal implements AutoCloseable {

    private static final long LONGEST_UNIT_MINUTES = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Terminal terminal;
    private final StopSignal stop = new StopSignal();
    private final Thread hook;

    StopOnSignal(Terminal terminal) {
        this.terminal = terminal;
        this.hook = new Thread(this::interrupted, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Set once a signal has come. */
    StopSignal stop() {
        return stop;
    }

    private void interrupted() {
        if (ended.getCount() == 0) {
            return;
        }
        stop.stop();
        terminal.err().println("promwarden: stopping after the unit of work that is under way");
        try {
            if (!ended.await(LONGEST_UNIT_MINUTES, TimeUnit.MINUTES)) {
                terminal.err().println("promwarden: gave up waiting; the same command goes on where this run was");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended or stopped, and has said so. */
    @Override
    public void close() {
        ended.countDown();
    }
}
