package io.promwarden.cli;

import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Store;
import io.promwarden.retention.SnapshotBook;
import io.promwarden.retention.SnapshotBook.SnapshotMade;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code promwarden snapshots}: those that runs have made and nobody has said to be gone. */
@Command(
        name = "snapshots",
        mixinStandardHelpOptions = true,
        description =
                "List the snapshots that runs have made before deleting, and that nobody has confirmed as removed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden snapshots",
            "  promwarden snapshots confirm 20261122T021000Z-1a2b3c4d5e6f7081",
            "",
            "No call of Prometheus removes a snapshot, and each holds on to the blocks that it was made of.",
            "Exit codes: 0 listed, 2 the store is in use, 4 it could not be opened."
        })
final class SnapshotsCommand implements Callable<Integer> {

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9.-]+");

    @Mixin
    private StoreOptions store = new StoreOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    SnapshotsCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return store.with(environment, clock, "promwarden snapshots", terminal, this::list);
    }

    private int list(Store opened) {
        List<SnapshotMade> left = new JdbcSnapshotBook(opened.dataSource()).left();
        if (left.isEmpty()) {
            terminal.err().println(Terminal.safe("no snapshots are left, by the store " + opened.text()));
            return ExitCode.DONE;
        }
        TextTable table = new TextTable(List.of("MADE", "AGE", "SERVER", "FOLDER", "RUN"));
        List<String> below = new ArrayList<>();
        for (SnapshotMade snapshot : left) {
            table.row(List.of(
                    snapshot.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                    age(Duration.between(snapshot.at(), clock.instant())),
                    snapshot.server().text(),
                    unheard(snapshot) ? "data/snapshots/?" : "data/snapshots/" + snapshot.name(),
                    snapshot.run()));
            below.add(remedy(snapshot));
        }
        table.print(terminal.out(), below);
        return ExitCode.DONE;
    }

    private static boolean unheard(SnapshotMade snapshot) {
        return snapshot.name().startsWith(SnapshotBook.UNHEARD);
    }

    private static String remedy(SnapshotMade snapshot) {
        String then = "; then: promwarden snapshots confirm " + snapshot.name();
        if (unheard(snapshot)) {
            return "whether it was made was never heard: look for one of that time in the server's data/snapshots"
                    + then;
        }
        String owner = snapshot.server().owner();
        String namespace = owner.substring(0, Math.max(0, owner.indexOf('/')));
        String pod = snapshot.server().instance();
        return PLAIN.matcher(namespace).matches() && PLAIN.matcher(pod).matches()
                ? "kubectl -n " + namespace + " exec " + pod + " -c prometheus -- rm -r /prometheus/snapshots/"
                        + snapshot.name() + then
                : "remove the folder snapshots/" + snapshot.name() + " in the server's data directory" + then;
    }

    private static String age(Duration age) {
        return age.toDays() > 0 ? age.toDays() + "d" : age.toHours() > 0 ? age.toHours() + "h" : age.toMinutes() + "m";
    }
}
