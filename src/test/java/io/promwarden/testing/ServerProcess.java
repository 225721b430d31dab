package io.promwarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One child process with its log; it ends with the test's JVM at the latest. */
final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final List<String> command;
    private final Path log;
    private final Predicate<String> ready;
    private @Nullable Process process;

    /**
     * A process to be.
     *
     * @param ready is given the log since the last start, again and again, until it says yes
     */
    ServerProcess(List<String> command, Path log, Predicate<String> ready) {
        this.command = new ArrayList<>(command);
        this.log = log;
        this.ready = ready;
    }

    void start() {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            long from = Files.exists(log) ? Files.size(log) : 0;
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            RUNNING.add(started);
            awaitReady(started, (int) from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, and waits for the end. */
    void stop() {
        end(Process::destroy);
    }

    /** SIGKILL, and waits for the end. */
    void kill() {
        end(Process::destroyForcibly);
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    private void end(java.util.function.Consumer<Process> signal) {
        Process running = process;
        if (running == null) {
            return;
        }
        signal.accept(running);
        try {
            if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(running);
        process = null;
    }

    private void awaitReady(Process started, int from) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String said = said(from);
            if (started.isAlive() && ready.test(said)) {
                return;
            }
            if (!started.isAlive() || System.nanoTime() > deadline) {
                String fate = started.isAlive() ? "isn't ready after " + PATIENCE.toSeconds() + " s" : "ended";
                kill();
                throw new AssertionError(command.get(0) + " " + fate + "; its log:\n" + said);
            }
            pause();
        }
    }

    private String said(int from) throws IOException {
        // In bytes: durations in the log are written with µ.
        byte[] all = Files.readAllBytes(log);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a server", e);
        }
    }
}
