package io.promwarden.wiring;

import io.promwarden.batch.Progress;
import io.promwarden.batch.StopSignal;
import io.promwarden.job.JobDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/**
 * The demo: a job on the recorded nights that come with the product, one after the other on one store in memory, so that a
 * second demo is a full run again. Nothing is sent anywhere.
 */
public final class DemoRun {

    /** Folders on the class path, the oldest night first. */
    public static final List<String> NIGHTS = List.of("demo/night-1", "demo/night-2");

    private final JobDefinition definition;
    private final Path reports;
    private final Map<String, String> environment;
    private final Clock clock;

    public DemoRun(JobDefinition definition, Path reports, Map<String, String> environment, Clock clock) {
        this.definition = definition;
        this.reports = reports;
        this.environment = environment;
        this.clock = clock;
    }

    /** Runs all nights; the last one's end is the demo's. */
    public RunEnd execute(Progress progress, StopSignal stop) throws IOException {
        Path store = Files.createTempDirectory("promwarden-demo");
        try {
            RunEnd end = new RunEnd.Fatal("the demo has no night");
            for (String night : NIGHTS) {
                end = new RunExecution(clock).execute(request(night, store), progress, stop);
                if (!(end instanceof RunEnd.Done)) {
                    break;
                }
            }
            return end;
        } finally {
            FileSystemUtils.deleteRecursively(store);
        }
    }

    private RunRequest request(String night, Path store) {
        return new RunRequest(
                definition,
                new RunRequest.Where.BuiltIn(night),
                store.toString(),
                reports,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                environment);
    }
}
