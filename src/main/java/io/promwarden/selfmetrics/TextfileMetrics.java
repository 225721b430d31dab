package io.promwarden.selfmetrics;

import io.promwarden.answer.Answer;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.RunMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Writes a run's metrics as a file for node_exporter's textfile collector: whole or not at all, and readable by everybody,
 * since node_exporter runs as somebody else. One job, one file.
 */
public final class TextfileMetrics implements RunMetrics {

    private final Path file;
    private final Clock clock;

    /**
     * Metrics in one file.
     *
     * @param file ends in {@code .prom}; its folder is there
     */
    public TextfileMetrics(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    @Override
    public Answer<String> publish(GovernanceReport report, int exitCode) {
        Instant now = clock.instant();
        try {
            OptionalDouble success = RunGauges.complete(exitCode)
                    ? OptionalDouble.of(RunGauges.seconds(now))
                    : lastSuccess(report.run().job());
            replace(RunGauges.text(report, exitCode, now, success));
            return Answer.known(file.toString());
        } catch (IOException e) {
            return Answer.unknown("the textfile " + file + " cannot be written: " + why(e));
        }
    }

    /** What the earlier run of this job wrote; empty if there is none, or if somebody else's file is there. */
    private OptionalDouble lastSuccess(String job) throws IOException {
        if (!Files.exists(file)) {
            return OptionalDouble.empty();
        }
        String start = RunGauges.LAST_SUCCESS + "{promwarden_job=\"" + job + "\",} ";
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .filter(value -> value.matches("[0-9.]+(E[0-9]+)?"))
                .mapToDouble(Double::parseDouble)
                .findFirst();
    }

    private void replace(String text) throws IOException {
        // Not .prom: node_exporter must not read it before it is whole.
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.writeString(part, text);
            if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String why(IOException thrown) {
        return switch (thrown) {
            case NoSuchFileException missing -> "its folder is not there";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other -> String.valueOf(other.getReason());
            default -> String.valueOf(thrown.getMessage());
        };
    }
}
