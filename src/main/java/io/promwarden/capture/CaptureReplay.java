package io.promwarden.capture;

import io.promwarden.answer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A capture that answers in place of the world that it was recorded from. Thread-safe. */
public final class CaptureReplay {

    private final CaptureManifest manifest;
    private final CaptureFiles files;
    private final JsonMapper mapper;

    private CaptureReplay(CaptureManifest manifest, CaptureFiles files, JsonMapper mapper) {
        this.manifest = manifest;
        this.files = files;
        this.mapper = mapper;
    }

    /** Opens the capture in a folder; unknown, with the file and the remedy, if it is none that can be replayed. */
    public static Answer<CaptureReplay> open(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Answer.unknown(folder + ": no such folder; record a capture with promwarden capture --out DIR");
        }
        return open(CaptureFiles.folder(folder));
    }

    /**
     * Opens a capture on the class path.
     *
     * @param folder without a slash at either end, e.g. {@code demo/monday}
     */
    public static Answer<CaptureReplay> open(ClassLoader loader, String folder) {
        return open(CaptureFiles.resources(loader, folder));
    }

    private static Answer<CaptureReplay> open(CaptureFiles files) {
        JsonMapper mapper = new JsonMapper();
        String place = files.place(CaptureLayout.MANIFEST);
        try {
            Optional<InputStream> file = files.open(CaptureLayout.MANIFEST);
            if (file.isEmpty()) {
                return Answer.unknown(place + ": no such file, so this is no capture; name the folder that promwarden"
                        + " capture --out wrote");
            }
            try (InputStream manifest = file.get()) {
                return CaptureManifest.parse(mapper, manifest.readAllBytes(), place)
                        .map(parsed -> new CaptureReplay(parsed, files, mapper));
            }
        } catch (IOException e) {
            return Answer.unknown(place + " cannot be read: " + e);
        }
    }

    /** Stands still at the time of the recording. */
    public Clock clock() {
        return Clock.fixed(manifest.recordedAt(), ZoneOffset.UTC);
    }

    /** The version that recorded it. */
    public String recordedBy() {
        return manifest.recordedBy();
    }

    public List<ReplayedCluster> clusters() {
        return manifest.clusters().stream()
                .map(cluster -> new ReplayedCluster(cluster, files, mapper))
                .toList();
    }

    public Optional<ReplayedCluster> findCluster(String name) {
        return clusters().stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst();
    }
}
