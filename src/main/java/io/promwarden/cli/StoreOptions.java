package io.promwarden.cli;

import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command reads: found as {@code run} finds it. */
final class StoreOptions {

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "Where results are kept: a directory or jdbc:postgresql://... Default: $PROMWARDEN_STORE, or"
                    + " .promwarden/store below --reports.")
    @Nullable
    String store;

    @Option(
            names = "--reports",
            paramLabel = "DIR",
            defaultValue = "reports",
            description = "Where runs write their reports (default: ${DEFAULT-VALUE}).")
    Path reports = Path.of("reports");

    /** Does something with the store; says why it cannot be opened where it cannot. */
    int with(
            Map<String, String> environment,
            Clock clock,
            String holder,
            Terminal terminal,
            ToIntFunction<Store> command) {
        String url = Optional.ofNullable(store)
                .or(() ->
                        Optional.ofNullable(environment.get("PROMWARDEN_STORE")).filter(named -> !named.isBlank()))
                .orElseGet(() -> reports.toAbsolutePath()
                        .resolve(".promwarden")
                        .resolve("store")
                        .toString());
        return switch (Store.open(url, environment, holder, clock.instant())) {
            case Opening.Locked locked -> {
                terminal.err().println("promwarden: " + Terminal.safe(locked.reason()));
                yield ExitCode.REFUSED;
            }
            case Opening.Broken broken -> {
                terminal.err().println("promwarden: " + Terminal.safe(broken.reason() + ". " + broken.remedy()));
                yield ExitCode.FATAL;
            }
            case Opening.Opened opened -> {
                try (Store open = opened.store()) {
                    yield command.applyAsInt(open);
                }
            }
        };
    }
}
