package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.Block;
import io.promwarden.observation.MetricsServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Blocks of one server that stand for the same time. */
public final class BlocksOverlap implements Check<MetricsServer> {

    private static final String VERTICAL = Tsdb.PREFIX + "vertical_compactions_total";
    private static final String OUT_OF_ORDER = Tsdb.PREFIX + "head_out_of_order_samples_appended_total";

    /** As many blocks' time has to pass before a compaction must have merged them. */
    private static final int PATIENCE = 2;

    private static final int SHOWN = 5;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private record Pair(Block one, Block other) {}

    @Override
    public Subjects<MetricsServer> subject() {
        return TsdbSubjects.STORES;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.BLOCKS, Need.FLAGS);
    }

    @Override
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        boolean merged = server.blocks().value().isEmpty()
                && Tsdb.of(server)
                        .filter(tsdb -> tsdb.value(VERTICAL).orElse(0) > 0)
                        .isPresent();
        return merged ? List.of(Yesterday.question(server.id())) : List.of();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> tsdb = Tsdb.of(server);
        if (tsdb.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        return server.blocks()
                .value()
                .map(blocks -> listed(blocks, tsdb.get(), server, evidence))
                .orElseGet(() -> merged(tsdb.get(), server, evidence));
    }

    private Inspection listed(List<Block> blocks, Tsdb tsdb, MetricsServer server, Evidence evidence) {
        Instant settled = evidence.at().minus(tsdb.block().multipliedBy(PATIENCE));
        List<Block> old = blocks.stream()
                .filter(block -> !made(block.ulid()).orElse(Instant.EPOCH).isAfter(settled))
                .toList();
        List<Pair> pairs = new ArrayList<>();
        Block last = null;
        for (Block block : old) {
            if (last != null && block.minTime().isBefore(last.maxTime())) {
                pairs.add(new Pair(last, block));
            }
            last = last == null || block.maxTime().isAfter(last.maxTime()) ? block : last;
        }
        if (pairs.isEmpty()) {
            return Inspection.clean();
        }
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .fact("overlaps", pairs.size() + " among " + blocks.size() + " blocks");
        pairs.stream()
                .limit(SHOWN)
                .forEach(pair -> draft.fact(
                        pair.one().ulid() + " and " + pair.other().ulid(),
                        "both hold " + pair.other().minTime() + " to "
                                + (pair.one().maxTime().isBefore(pair.other().maxTime())
                                        ? pair.one().maxTime()
                                        : pair.other().maxTime())));
        boolean sidecar = sidecar(server, evidence);
        if (sidecar) {
            draft.fact("Thanos sidecar", "uploads them as they are, and an overlap halts Thanos' compactor");
        }
        return Inspection.found(draft.fact(
                        "how sure", "certain: the server's own list of blocks; those made just now don't count")
                .fix(Fix.of("Find out where they are from: out-of-order samples, back-filled blocks, or blocks of"
                        + " another server in the same folder. Then look why compaction doesn't merge them"
                        + " (tsdb/compaction-failing)" + (sidecar ? "; with a sidecar it is off." : ".")))
                .say("Blocks of " + server.id().instance() + " overlap, and no compaction has merged them: "
                        + "queries over that time read both"));
    }

    /** Before 3.6 nobody lists blocks. Since 2.39 a compaction merges what overlaps, and counts it. */
    private Inspection merged(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        if (tsdb.value(VERTICAL).isEmpty()) {
            return Inspection.notRun(server.id().text() + " lists no blocks and does not expose " + VERTICAL);
        }
        if (tsdb.value(VERTICAL).orElse(0) == 0 || tsdb.value(OUT_OF_ORDER).orElse(0) > 0) {
            return Inspection.clean(); // out-of-order samples are stored so, on purpose
        }
        Optional<Yesterday.Growth> lately =
                Yesterday.growth(VERTICAL, tsdb, server, evidence).filter(growth -> growth.by() > 0);
        return lately.isEmpty()
                ? Inspection.clean()
                : Inspection.found(on(server, evidence)
                        .aspect(server.id().instance())
                        .severity(Severity.INFO)
                        .fact("merged", lately.get().words())
                        .fact("out-of-order samples", "none taken in since the start")
                        .fact(
                                "how sure",
                                "certain that blocks overlapped and were merged; this version does not list its"
                                        + " blocks, so whether any still do is not known")
                        .fix(Fix.of("Find out where they came from: back-filled blocks, or another server in the same"
                                + " folder."))
                        .say("Blocks of " + server.id().instance() + " have overlapped in the last day"));
    }

    private static boolean sidecar(MetricsServer server, Evidence evidence) {
        return evidence.inventory().flatMap(declared -> declared.prometheuses().value()).stream()
                .flatMap(List::stream)
                .filter(prometheus -> prometheus.meta().key().equals(server.id().owner()))
                .anyMatch(PrometheusObject::thanosSidecar);
    }

    /** A ULID begins with the milliseconds of its making, in ten digits of base 32. */
    static Optional<Instant> made(String ulid) {
        if (ulid.length() < 10) {
            return Optional.empty();
        }
        long millis = 0;
        for (int i = 0; i < 10; i++) {
            int digit = DIGITS.indexOf(ulid.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            millis = millis * 32 + digit;
        }
        return Optional.of(Instant.ofEpochMilli(millis));
    }
}
