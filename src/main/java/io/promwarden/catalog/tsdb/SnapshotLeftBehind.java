package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.observation.LeftSnapshot;
import io.promwarden.observation.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A snapshot that a run has made, and that nobody has said to be gone. */
public final class SnapshotLeftBehind implements Check<LeftSnapshot> {

    /** Every snapshot that past runs have left, also of servers that are there no more; filed as their servers are. */
    private static final Subjects<LeftSnapshot> SNAPSHOTS = new Subjects<>(
            Set.of(),
            evidence -> evidence.nights().snapshots(evidence.cluster()).map(List::stream),
            (evidence, snapshot) -> {
                String owner = snapshot.server().owner();
                int slash = owner.indexOf('/');
                String namespace = slash < 0 ? "" : owner.substring(0, slash);
                return new Subject(evidence.cluster(), "Prometheus", namespace, owner.substring(slash + 1));
            });

    /** Until then it is as fresh as what it was made for. */
    private static final Duration FRESH = Duration.ofDays(7);

    /** What the operator mounts a volume at. */
    private static final String USUAL_PATH = "/prometheus";

    /** Anything else does not enter a command. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");

    private static final String SAY =
            " holds on to the blocks that it was made of, whatever is deleted or rewritten since; no"
                    + " call of Prometheus removes it";

    @Override
    public Subjects<LeftSnapshot> subject() {
        return SNAPSHOTS;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.FLAGS);
    }

    @Override
    public Inspection inspect(LeftSnapshot snapshot, Evidence evidence) {
        ServerId server = snapshot.server();
        Duration age = Duration.between(snapshot.madeAt(), evidence.at());
        FindingDraft draft = on(snapshot, evidence)
                .aspect(server.instance() + " " + snapshot.name())
                .severity(age.compareTo(FRESH) > 0 ? Severity.WARNING : Severity.INFO)
                .fact("snapshot", snapshot.name())
                .fact("made", snapshot.madeAt() + " by " + snapshot.run());
        return Inspection.found(draft.fix(fix(snapshot, evidence))
                .say("The snapshot of " + server.instance() + " from "
                        + snapshot.madeAt().toString().substring(0, 10) + SAY));
    }

    private static Fix fix(LeftSnapshot snapshot, Evidence evidence) {
        String text =
                "If it is no longer wanted, see what it takes, remove it by hand, then say so with `promwarden snapshots`,"
                        + " and this reminder ends. Blocks that are still in use are counted by du as well, and stay.";
        return command(snapshot, evidence).map(command -> Fix.of(text, command)).orElseGet(() -> Fix.of(text));
    }

    private static Optional<String> command(LeftSnapshot snapshot, Evidence evidence) {
        ServerId server = snapshot.server();
        int slash = server.owner().indexOf('/');
        String namespace = server.owner().substring(0, Math.max(0, slash));
        String path = evidence.server(server)
                .flatMap(one -> one.flags().value())
                .map(Map::copyOf)
                .map(flags -> flags.getOrDefault("storage.tsdb.path", USUAL_PATH))
                .orElse(USUAL_PATH);
        boolean plain = NAME.matcher(namespace).matches()
                && NAME.matcher(server.instance()).matches()
                && NAME.matcher(snapshot.name()).matches()
                && PATH.matcher(path).matches();
        if (!plain) {
            return Optional.empty();
        }
        String exec = "kubectl -n " + namespace + " exec " + server.instance() + " -c prometheus -- ";
        String folder = path + "/snapshots/" + snapshot.name();
        return Optional.of(exec + "du -sh " + folder + "\n" + exec + "rm -r " + folder + "\n");
    }
}
