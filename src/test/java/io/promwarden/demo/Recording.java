package io.promwarden.demo;

import io.promwarden.answer.Answer;
import io.promwarden.batch.Progress;
import io.promwarden.batch.StopSignal;
import io.promwarden.inventory.RawObject;
import io.promwarden.job.JobDefinition;
import io.promwarden.wiring.CaptureExecution;
import io.promwarden.wiring.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Records a running world with what {@code promwarden capture} does, through its API server. */
record Recording(World world, RunningWorld running, JobDefinition job) {

    /**
     * Replaces the capture in a folder.
     *
     * @param at the time of the recording, for whoever reads it: the world's own times are moved there
     */
    Path into(Path folder, Instant at) throws IOException {
        delete(folder);
        Duration back = Duration.between(at, Instant.now());
        Map<String, Retouch> retouches = new TreeMap<>();
        running.servers().forEach((pod, uri) -> retouches.put(pod, new Retouch(back, texts(pod))));
        try (ApiFront api = new ApiFront(world, running.servers(), retouches)) {
            RunRequest.Where.Live where =
                    new RunRequest.Where.Live(Optional.of(api.kubeconfig(running.folder())), Optional.empty());
            Answer<Path> recorded = new CaptureExecution(job, where, Map.of(), Clock.fixed(at, ZoneOffset.UTC))
                    .record(folder, new Silent(), new StopSignal());
            return recorded.value()
                    .orElseThrow(() -> new IOException(recorded.reason().orElse("")));
        }
    }

    /** This machine's addresses and folders, and what stands in their place in the cluster. */
    private Map<String, String> texts(String pod) {
        Map<String, String> texts = new LinkedHashMap<>();
        Retouch.folders(texts, running.folder().resolve(pod));
        for (RawObject server : world.of("Pod")) {
            Optional.ofNullable(running.servers().get(server.name())).ifPresent(uri -> {
                int port = server.name().equals(RunningWorld.ALERTMANAGER) ? 9093 : 9090;
                texts.put(uri.getAuthority(), server.text("status", "podIP").orElseThrow() + ":" + port);
            });
        }
        return texts;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Nobody watches. */
    private static final class Silent implements Progress {
        @Override
        public void started(Unit unit) {}

        @Override
        public void ended(Unit unit, Duration took, String note) {}
    }
}
