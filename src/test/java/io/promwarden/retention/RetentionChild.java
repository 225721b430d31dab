package io.promwarden.retention;

import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of its own that deletes and cleans with a store on disk, so that it can be killed in the middle. */
final class RetentionChild {

    static final Patience BRISK = new Patience(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3));

    private RetentionChild() {}

    /** Given the store, the server, the run's id and whether to make a snapshot. */
    public static void main(String[] arguments) {
        if (!(Store.open(arguments[0], Map.of(), "the child", Instant.now()) instanceof Opening.Opened opened)) {
            System.exit(9);
            return;
        }
        try (Store store = opened.store()) {
            JdbcReceiptBook book = new JdbcReceiptBook(store.dataSource());
            RetentionSettings settings = settings().withSnapshot(Boolean.parseBoolean(arguments[3]));
            List<ReplicaGroup> groups = List.of(new ReplicaGroup(
                    "monitoring/k8s", List.of(History.replica("k8s-0", URI.create(arguments[1]))), List.of()));
            RetentionResult result = new RetentionRun(
                            book,
                            new JdbcSnapshotBook(store.dataSource()),
                            Clock.systemUTC(),
                            () -> false,
                            BRISK,
                            Pause.real())
                    .run(arguments[2], "eu-1", settings, groups);
            System.out.println(result.notRun() + " " + result.plans());
            new TombstoneCompaction(book, Clock.systemUTC(), () -> false, BRISK, Pause.real())
                    .run(arguments[2], "eu-1", new CompactionSettings(0, Optional.empty()), settings, groups);
        }
    }

    static RetentionSettings settings() {
        RetentionPolicy policy =
                new RetentionPolicy("old_total", Duration.ofDays(10), "a test", Optional.empty(), Optional.empty());
        return RetentionSettings.of(List.of(policy), true, List.of("monitoring/k8s"), List.of())
                .withLimits(Limits.USUAL.withMaxSeriesPercent(100))
                .withFreeSpace("vector(1e15)");
    }

    static Process start(Path store, URI server, String run, boolean snapshot) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RetentionChild.class.getName(),
                        store.toString(),
                        server.toString(),
                        run,
                        Boolean.toString(snapshot))
                .redirectErrorStream(true)
                .redirectOutput(store.resolveSibling("child.log").toFile())
                .start();
    }
}
