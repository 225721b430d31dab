package io.promwarden.demo;

import io.promwarden.job.JobDefinition;
import io.promwarden.job.JobDefinitionReader;
import io.promwarden.job.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;

/**
 * Makes the demo's two nights anew: {@code scripts/demo-world} calls it. Takes about ten minutes, since Prometheus is
 * given the time that it needs.
 */
public final class DemoWorld {

    private static final int NIGHTS = 2;

    /** When jobs/nightly.yaml starts by cronjob/. */
    private static final Duration HOUR = Duration.ofHours(2).plusMinutes(10);

    private DemoWorld() {}

    /**
     * Records both nights.
     *
     * @param arguments the description ({@code src/demo}), the job ({@code jobs/nightly.yaml}) and the folder to write to
     *     ({@code src/main/resources/demo})
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, GeneralSecurityException {
        Path source = Path.of(arguments[0]);
        JobDefinition job = job(Path.of(arguments[1]));
        Path target = Path.of(arguments[2]);
        Path scratch = Files.createTempDirectory("demo-world");
        SSLContext tls = ThrowawayCertificate.in(scratch);
        Instant last = Instant.now().minus(HOUR).truncatedTo(ChronoUnit.DAYS).plus(HOUR);
        for (int night = 1; night <= NIGHTS; night++) {
            World world = World.read(source.resolve("world"), night);
            say("night " + night + ": " + world.objects().size() + " objects, "
                    + world.apps().size() + " apps");
            Path folder = scratch.resolve("night-" + night);
            try (RunningWorld running = new RunningWorld(world, source, folder, tls)) {
                running.start();
                say("night " + night + " has settled");
                Instant at = last.minus(Duration.ofDays(NIGHTS - night));
                Path recorded = new Recording(world, running, job).into(target.resolve("night-" + night), at);
                say("night " + night + " is recorded in " + recorded);
            }
        }
        Recording.delete(scratch);
    }

    private static JobDefinition job(Path file) {
        return switch (new JobDefinitionReader(Clock.systemUTC()).read(file)) {
            case Reading.Sound sound -> sound.definition();
            case Reading.Unsound unsound -> throw new IllegalStateException(String.valueOf(unsound.problems()));
        };
    }

    private static void say(String what) {
        System.err.println(Instant.now() + " " + what);
    }
}
