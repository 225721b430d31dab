package io.promwarden.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that need to know the world or the store. */
final class WorldOptions {

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "Where results are kept: a path or file: URL (H2), or jdbc:postgresql://... "
                    + "Default: $PROMWARDEN_STORE, or else .promwarden/store in the reports folder.")
    @Nullable
    String store;

    @Option(
            names = "--capture",
            paramLabel = "DIR",
            description = "Look at a recorded world instead of a live one, at the clock of the recording.")
    @Nullable
    Path capture;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig to use instead of the job's.")
    @Nullable
    Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The kubeconfig context to use instead of the job's.")
    @Nullable
    String context;

    String store(Map<String, String> environment, Path reports) {
        return store(store, environment, reports);
    }

    /** For a command with a {@code --store} of its own. */
    static String store(@Nullable String given, Map<String, String> environment, Path reports) {
        return Optional.ofNullable(given)
                .or(() ->
                        Optional.ofNullable(environment.get("PROMWARDEN_STORE")).filter(url -> !url.isBlank()))
                .orElseGet(() -> reports.resolve(".promwarden").resolve("store").toString());
    }
}
