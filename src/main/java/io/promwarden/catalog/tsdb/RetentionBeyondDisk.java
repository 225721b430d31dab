package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Prometheus that is told to keep more than its volume can hold. */
public final class RetentionBeyondDisk implements Check<PrometheusObject> {

    /** What Prometheus' own documentation advises for retention.size: the rest is for compaction and the WAL. */
    private static final double SAFE = 0.85;

    /** What the operator sets when an object names neither a time nor a size. */
    private static final String DEFAULT_TIME = "24h";

    @Override
    public Subjects<PrometheusObject> subject() {
        return TsdbSubjects.OBJECTS;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return EnumSet.of(Need.PROMETHEUSES, Need.PODS, Need.VOLUME_CLAIMS);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public Inspection inspect(PrometheusObject prometheus, Evidence evidence) {
        Optional<String> size = prometheus.raw().text("spec", "retentionSize").filter(text -> !text.isBlank());
        return switch (Disk.of(prometheus, evidence.declared())) {
            case Disk.Unknown unknown -> Inspection.notRun(unknown.why());
            case Disk.NodeDisk none -> noVolume(prometheus, size, evidence);
            case Disk.Volume volume ->
                size.isPresent()
                        ? bySize(prometheus, size.get(), volume, evidence)
                        : byTime(prometheus, volume, evidence);
        };
    }

    private Inspection noVolume(PrometheusObject prometheus, Optional<String> size, Evidence evidence) {
        if (size.isPresent()) {
            return Inspection.clean();
        }
        return Inspection.found(on(prometheus, evidence)
                .aspect("no volume")
                .severity(Severity.INFO)
                .fact("spec.storage", "not set: an emptyDir on the node, without a limit")
                .fix(Fix.of("Give it a volume, or at least a retentionSize.", """
                        spec:
                          retentionSize: 40GB
                          storage:
                            volumeClaimTemplate:
                              spec:
                                resources:
                                  requests:
                                    storage: 50Gi
                        """))
                .say("It has no volume of its own and no retentionSize, so nothing but time limits what it takes of the"
                        + " node's disk, and its history goes with its pod"));
    }

    private Inspection bySize(PrometheusObject prometheus, String size, Disk.Volume volume, Evidence evidence) {
        Optional<Double> limit = Retention.bytes(size);
        if (limit.isEmpty()) {
            return Inspection.notRun("retentionSize " + size + " is no size that Prometheus reads");
        }
        double share = limit.get() / volume.bytes();
        if (share <= SAFE) {
            return Inspection.clean();
        }
        long safe = (long) (volume.bytes() * SAFE / Math.pow(1024, 3));
        return Inspection.found(on(prometheus, evidence)
                .aspect("size")
                .severity(share >= 1 ? Severity.ERROR : Severity.WARNING)
                .fact("retentionSize", size + " (" + Retention.text(limit.get()) + ")")
                .fact("volume", Retention.text(volume.bytes()))
                .fact("size taken from", volume.what())
                .fact("share of the volume", Math.round(share * 100) + " %")
                .fix(
                        safe > 0
                                ? Fix.of(
                                        "Set retentionSize to at most 85 % of the volume, or enlarge the volume.",
                                        "spec:\n  retentionSize: " + safe + "GB\n")
                                : Fix.of("Set retentionSize to at most 85 % of the volume, or enlarge the volume."))
                .say(
                        share >= 1
                                ? "retentionSize is as large as the volume or larger, so the disk fills before old blocks go"
                                : "retentionSize leaves too little of the volume for compaction, which needs room for a"
                                        + " new block beside the old ones"));
    }

    private Inspection byTime(PrometheusObject prometheus, Disk.Volume volume, Evidence evidence) {
        String text = prometheus
                .raw()
                .text("spec", "retention")
                .filter(given -> !given.isBlank())
                .orElse(DEFAULT_TIME);
        Optional<Duration> retention = Retention.time(text);
        if (retention.isEmpty()) {
            return Inspection.notRun("retention " + text + " is no time that Prometheus reads");
        }
        List<OwnMetrics> known = evidence.metrics().answering().stream()
                .filter(server -> server.id().owner().equals(prometheus.meta().key()))
                .map(MetricsServer::ownMetrics)
                .flatMap(answer -> answer.value().stream())
                .toList();
        if (known.isEmpty()) {
            return Inspection.notRun("no server of " + prometheus.meta().key() + " told how much it stores");
        }
        Optional<Growth> fastest = known.stream()
                .flatMap(own -> Growth.of(own).stream())
                .max(Comparator.comparingDouble(Growth::bytesPerSecond));
        if (fastest.isEmpty()) {
            return Inspection.notRun(prometheus.meta().key()
                    + " has no retentionSize, and too few blocks yet to tell how fast they grow");
        }
        double needed = fastest.get().after(retention.get());
        if (needed <= volume.bytes()) {
            return Inspection.clean();
        }
        return Inspection.found(on(prometheus, evidence)
                .aspect("time")
                .fact("retention", text)
                .fact("grows by", Retention.text(fastest.get().bytesPerSecond() * 86_400) + " a day")
                .fact("measured over", fastest.get().span().toHours() + " h of blocks")
                .fact("needed for the retention", Retention.text(needed))
                .fact("volume", Retention.text(volume.bytes()))
                .fact("size taken from", volume.what())
                .fix(Fix.of(
                        "Set a retentionSize of at most 85 % of the volume; then keep less, or enlarge the volume.",
                        "spec:\n  retentionSize: " + Math.max(1, (long) (volume.bytes() * SAFE / Math.pow(1024, 3)))
                                + "GB\n"))
                .say("At the rate of its blocks, the retention of " + text
                        + " needs more than the volume holds, and no retentionSize stops it before the disk is full"));
    }
}
