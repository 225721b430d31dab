package io.promwarden.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code promwarden validate} was asked for.
 *
 * @param paths files, folders, and {@code -} for standard input
 * @param each every file is a world of its own
 * @param complete all Secrets and ConfigMaps that exist are among the manifests
 * @param namespace of objects that name none
 * @param crds more CRDs, in a file or folder
 * @param prometheusVersion of the assumed Prometheus, and of one that does not say it
 */
public record ValidateRequest(
        List<String> paths,
        boolean each,
        boolean complete,
        String namespace,
        Optional<Path> crds,
        Optional<String> prometheusVersion) {

    public ValidateRequest {
        paths = List.copyOf(paths);
    }
}
