package io.promwarden.delivery;

import java.nio.file.Path;
import java.util.List;

/**
 * The report's files as they were written.
 *
 * @param folder absolute
 */
public record RenderedFiles(Path folder, List<Path> files) {
    public RenderedFiles {
        files = List.copyOf(files);
    }
}
