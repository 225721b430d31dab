package io.promwarden.night;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Promwarden in a process of its own, which can be killed. */
final class OwnProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader progress;
    private final List<String> said = new ArrayList<>();

    private OwnProcess(Process process) {
        this.process = process;
        this.progress = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    static OwnProcess start(Path out, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.promwarden.Promwarden"));
        command.addAll(List.of(arguments));
        try {
            return new OwnProcess(
                    new ProcessBuilder(command).redirectOutput(out.toFile()).start());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reads progress until a line is as wanted. Fails when the process ends without it. */
    void await(Predicate<String> wanted) throws IOException {
        for (String line = progress.readLine(); line != null; line = progress.readLine()) {
            said.add(line);
            if (wanted.test(line)) {
                return;
            }
        }
        throw new AssertionError("the process ended without saying so: " + said);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** SIGTERM. */
    void terminate() {
        // Process.destroy() would close the streams, and what it says last is wanted.
        process.toHandle().destroy();
    }

    /** Waits for the end. */
    int exitCode() throws IOException, InterruptedException {
        for (String line = progress.readLine(); line != null; line = progress.readLine()) {
            said.add(line);
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + said);
        }
        return process.exitValue();
    }

    /** All of standard error that was read so far. */
    List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
