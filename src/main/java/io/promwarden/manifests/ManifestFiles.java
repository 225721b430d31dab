package io.promwarden.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The manifests below a path. */
public final class ManifestFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private ManifestFiles() {}

    /**
     * The path itself if it is a file; else every YAML and JSON file in the folder and its folders, sorted. Folders whose name
     * begins with a dot are left alone.
     *
     * @throws IOException if the path is not there, or a folder can't be listed
     */
    public static List<Path> below(Path path) throws IOException {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new IOException(path + ": there is no such file or folder");
            }
            files.add(path);
            return files;
        }
        collect(path, files);
        return files;
    }

    private static void collect(Path folder, List<Path> files) throws IOException {
        List<Path> entries;
        try (Stream<Path> list = Files.list(folder)) {
            entries = list.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (name.startsWith(".")) {
                continue;
            }
            // A link to a folder is not followed: it may lead back up.
            if (Files.isDirectory(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, files);
            } else if (Files.isRegularFile(entry)
                    && ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
                files.add(entry);
            }
        }
    }
}
