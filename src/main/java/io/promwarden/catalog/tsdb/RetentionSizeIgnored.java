package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A server whose retention by size is not the one that was asked for, or doesn't limit it. Prometheus adds the
 * write-ahead log and the head's chunks to its blocks, and deletes the oldest blocks, whole, until the sum fits.
 */
public final class RetentionSizeIgnored implements Check<MetricsServer> {

    private static final String LIMIT = Tsdb.PREFIX + "retention_limit_bytes";
    private static final String BLOCKS = Tsdb.PREFIX + "storage_blocks_bytes";

    /** A block more than the limit stands until the next look; a tenth is more than one. */
    private static final double BEYOND = 1.1;

    @Override
    public Subjects<MetricsServer> subject() {
        return TsdbSubjects.STORES;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        return Tsdb.of(server).filter(RetentionSizeIgnored::beyond).isPresent()
                ? List.of(Yesterday.question(server.id()))
                : List.of();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        if (tsdb.value(LIMIT).isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose " + LIMIT);
        }
        List<Finding> findings = new ArrayList<>();
        otherThanAsked(tsdb, server, evidence).ifPresent(findings::add);
        exceeded(tsdb, server, evidence).ifPresent(findings::add);
        headAlone(tsdb, server, evidence).ifPresent(findings::add);
        return Inspection.found(findings);
    }

    private Optional<Finding> otherThanAsked(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        Optional<String> asked = asked(server, evidence);
        Optional<Double> bytes = asked.flatMap(Retention::bytes);
        double limit = tsdb.value(LIMIT).orElse(0);
        if (bytes.isEmpty() || Math.abs(bytes.get() - limit) <= 0.001 * bytes.get()) {
            return Optional.empty();
        }
        return Optional.of(on(server, evidence)
                .aspect(server.id().instance() + " limit")
                .fact("spec.retentionSize", asked.orElse("") + " (" + Retention.text(bytes.get()) + ")")
                .fact("in force", limit > 0 ? Retention.text(limit) : "no limit by size")
                .fact("how sure", "certain: " + LIMIT + " of the running server")
                .fix(Fix.of(
                        "Look whether the pod is older than the change: the operator may be paused, or the StatefulSet"
                                + " not rolled out. Else something sets another size: spec.additionalArgs, or the configuration"
                                + " file of Prometheus 3."))
                .say(server.id().instance() + " runs with another retention by size than its object asks for"));
    }

    private static Optional<String> asked(MetricsServer server, Evidence evidence) {
        return evidence.inventory().flatMap(declared -> declared.prometheuses().value()).stream()
                .flatMap(List::stream)
                .filter(prometheus -> prometheus.meta().key().equals(server.id().owner()))
                .findFirst()
                .flatMap(prometheus -> prometheus.raw().text("spec", "retentionSize"))
                .filter(size -> !size.isBlank());
    }

    private Optional<Finding> exceeded(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        if (!beyond(tsdb)) {
            return Optional.empty();
        }
        double limit = tsdb.value(LIMIT).orElse(0);
        OptionalDouble then = Yesterday.value(BLOCKS, tsdb, server, evidence);
        boolean fitted = then.isPresent() && then.getAsDouble() <= limit;
        if (fitted) {
            return Optional.empty(); // it has not been so for long
        }
        return Optional.of(on(server, evidence)
                .aspect(server.id().instance() + " bytes")
                .severity(then.isPresent() ? Severity.ERROR : Severity.WARNING)
                .fact("limit", Retention.text(limit))
                .fact("blocks", Retention.text(tsdb.value(BLOCKS).orElse(0)))
                .fact("write-ahead log and head", Retention.text(head(tsdb)))
                .fact("blocks a day ago", then.isPresent() ? Retention.text(then.getAsDouble()) : "not known")
                .fact(
                        "how sure",
                        then.isPresent()
                                ? "certain: beyond the limit now and a day ago"
                                : "likely: beyond the limit by a tenth and more at one look")
                .fix(Fix.of(
                        "Read the log for 'Deleting obsolete block' and for failed reloads of blocks: blocks that can't"
                                + " be deleted, or a retention that no reload has applied."))
                .say(server.id().instance() + " holds more than its retention by size allows, and deletes nothing"));
    }

    /** Then every block is deleted as soon as it is made. */
    private Optional<Finding> headAlone(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        double limit = tsdb.value(LIMIT).orElse(0);
        if (limit <= 0 || head(tsdb) < limit) {
            return Optional.empty();
        }
        return Optional.of(on(server, evidence)
                .aspect(server.id().instance() + " head")
                .fact("limit", Retention.text(limit))
                .fact("write-ahead log and head", Retention.text(head(tsdb)))
                .fact("how sure", "certain: Prometheus counts both towards the limit")
                .fix(Fix.of("Enlarge retentionSize and the volume, or send fewer samples."))
                .say("The write-ahead log and the head of " + server.id().instance()
                        + " alone are larger than its retention by size, so no block is kept"));
    }

    private static boolean beyond(Tsdb tsdb) {
        double limit = tsdb.value(LIMIT).orElse(0);
        return limit > 0
                && tsdb.value(BLOCKS).orElse(0) > 0
                && tsdb.value(BLOCKS).orElse(0) + head(tsdb) > BEYOND * limit;
    }

    private static double head(Tsdb tsdb) {
        return tsdb.value(Tsdb.PREFIX + "wal_storage_size_bytes").orElse(0)
                + tsdb.value(Tsdb.PREFIX + "head_chunks_storage_size_bytes").orElse(0);
    }
}
