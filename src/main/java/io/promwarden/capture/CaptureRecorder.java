package io.promwarden.capture;

import io.promwarden.answer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records a capture. Everything is written to a hidden folder beside the one that was asked for, and moved there by
 * {@link #finish} in one step: a capture is whole or it is not there. Thread-safe.
 */
public final class CaptureRecorder implements AutoCloseable {

    private final Path out;
    private final Path unfinished;
    private final Instant recordedAt;
    private final String recordedBy;
    private final JsonMapper mapper = new JsonMapper();
    private final Map<String, ClusterRecorder> clusters = new TreeMap<>();
    private @Nullable String failure;

    private CaptureRecorder(Path out, Path unfinished, Instant recordedAt, String recordedBy) {
        this.out = out;
        this.unfinished = unfinished;
        this.recordedAt = recordedAt;
        this.recordedBy = recordedBy;
    }

    /**
     * Begins a capture.
     *
     * @param out a folder that does not exist yet, or is empty
     * @param recordedBy Promwarden's version
     * @return unknown, with the remedy, if nothing can be written there
     */
    public static Answer<CaptureRecorder> begin(Path out, Instant recordedAt, String recordedBy) {
        Path target = out.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null) {
            return Answer.unknown(out + " cannot become a capture; name a new folder");
        }
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                return Answer.unknown(out + " exists and is not empty; name a new folder for the capture");
            }
            Files.createDirectories(parent);
            Path unfinished = Files.createTempDirectory(parent, ".capture-");
            return Answer.known(new CaptureRecorder(target, unfinished, recordedAt, recordedBy));
        } catch (IOException e) {
            return Answer.unknown("a capture cannot be written to " + out + ": " + e);
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /**
     * The one instant at which a recording run and every replay look at the world: questions name times, and are found
     * again only if they name the same ones.
     */
    public Clock clock() {
        return Clock.fixed(recordedAt, ZoneOffset.UTC);
    }

    /** The recorder of one cluster; the same one for the same name. */
    public synchronized ClusterRecorder cluster(String name) {
        return clusters.computeIfAbsent(name, key -> new ClusterRecorder(key, this, mapper));
    }

    /** What is written to a file. */
    interface Content {
        void write(OutputStream to) throws IOException;
    }

    /** Writes one file of the capture; a failure is kept for {@link #finish}, as whoever is asking can't mend it. */
    void write(String name, Content content) {
        Path file = unfinished.resolve(name);
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
            try (OutputStream to = Files.newOutputStream(file)) {
                content.write(to);
            }
        } catch (IOException | JacksonException e) {
            fail(name + ": " + e.getMessage());
        }
    }

    private synchronized void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Completes the capture; unknown if any part of it could not be written: then there is no capture. */
    public synchronized Answer<Path> finish() {
        List<CaptureManifest.Cluster> recorded = new ArrayList<>();
        clusters.values().forEach(cluster -> recorded.add(cluster.recorded()));
        CaptureManifest manifest = new CaptureManifest(recordedAt, recordedBy, recorded);
        write(CaptureLayout.MANIFEST, to -> to.write(manifest.json(mapper)));
        if (failure != null) {
            return Answer.unknown("the capture could not be written: " + failure);
        }
        try {
            Files.deleteIfExists(out);
            Files.move(unfinished, out);
            return Answer.known(out);
        } catch (IOException e) {
            return Answer.unknown("the capture could not be moved to " + out + ": " + e);
        }
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        if (!Files.exists(unfinished)) {
            return;
        }
        try (Stream<Path> all = Files.walk(unfinished)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the unfinished capture " + unfinished + " could not be removed", e);
        }
    }

    /** Why the capture will not be written, as far as that is known already. */
    public synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
