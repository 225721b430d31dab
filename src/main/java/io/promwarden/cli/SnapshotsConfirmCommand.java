package io.promwarden.cli;

import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Store;
import io.promwarden.retention.SnapshotBook;
import io.promwarden.retention.SnapshotBook.SnapshotMade;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code promwarden snapshots confirm}: ends the reminders of one snapshot. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = "Say that a snapshot was removed from its server's disk. Nothing is removed by this command.",
        footer = {"", "Exit codes: 0 noted, 2 there is no such snapshot or several, or the store is in use, 4 fatal."})
final class SnapshotsConfirmCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "As promwarden snapshots lists it.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private String name;

    @Option(names = "--server", paramLabel = "INSTANCE", description = "Where several servers have one of that name.")
    private @Nullable String server;

    @Mixin
    private StoreOptions store = new StoreOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    SnapshotsConfirmCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return store.with(environment, clock, "promwarden snapshots confirm", terminal, this::confirm);
    }

    private int confirm(Store opened) {
        SnapshotBook book = new JdbcSnapshotBook(opened.dataSource());
        List<SnapshotMade> named = book.left().stream()
                .filter(left -> left.name().equals(name))
                .filter(left -> server == null || left.server().instance().equals(server))
                .toList();
        if (named.size() != 1) {
            terminal.err()
                    .println(Terminal.safe(
                            named.isEmpty()
                                    ? "promwarden: no snapshot " + name + " is left, by the store " + opened.text()
                                    : "promwarden: several servers have a snapshot " + name
                                            + ": name one by --server: "
                                            + named.stream()
                                                    .map(left -> left.server().instance())
                                                    .collect(Collectors.joining(", "))));
            return ExitCode.REFUSED;
        }
        SnapshotMade one = named.getFirst();
        book.confirm(one.server(), one.name(), clock.instant());
        terminal.out()
                .println(Terminal.safe(
                        "snapshot " + one.name() + " on " + one.server().instance() + " is noted as removed"));
        return ExitCode.DONE;
    }
}
