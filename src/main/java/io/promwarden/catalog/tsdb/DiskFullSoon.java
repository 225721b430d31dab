package io.promwarden.catalog.tsdb;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.DataClaim;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.StorageNight;
import io.promwarden.observation.VolumeStats;
import io.promwarden.storage.DiskForecast;
import io.promwarden.storage.DiskWatch;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Prometheus whose volume is nearly full, or will be within two weeks if it goes on as it does. */
public final class DiskFullSoon implements Check<MetricsServer> {

    private static final double HORIZON_DAYS = 14;
    private static final double ERROR_DAYS = 3;

    /** Less than this share is what one compaction may need. */
    private static final double ALMOST_NOTHING = 0.03;

    private static final Fix FIX = Fix.of(
            "Enlarge the volume, or set a retentionSize of at most 85 % of it. What grows is in the report's storage"
                    + " part and in tsdb/cardinality-growing. Look for snapshots, too: they hold on to old blocks.");

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
        return Set.of(Need.PODS);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.OWN_METRICS, Need.FLAGS);
    }

    @Override
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        return DiskWatch.claim(server.id(), evidence.inventory())
                .map(claim -> VolumeStats.query(claim.namespace(), claim.name(), DiskForecast.DAYS_ASKED))
                .map(query -> DiskWatch.toAsk(server.id(), evidence.metrics().answering()).stream()
                        .map(asked -> new Question(asked.id(), query))
                        .toList())
                .orElse(List.of());
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<DataClaim> claim = DiskWatch.claim(server.id(), evidence.inventory());
        if (claim.isEmpty()) {
            return Inspection.clean();
        }
        Answer<VolumeStats> stats = Answer.unknown("nobody was asked");
        for (Question question : asks(server, evidence)) {
            Answer<VolumeStats> one = evidence.answer(question).flatMap(VolumeStats::of);
            if (one.value().isPresent()) {
                return judge(server, claim.get(), one.value().get(), evidence);
            }
            stats = one;
        }
        return Inspection.notRun(
                "how full its volume is could not be asked: " + stats.reason().orElse(""));
    }

    private Inspection judge(MetricsServer server, DataClaim claim, VolumeStats volume, Evidence evidence) {
        double size = volume.usedBytes() + volume.availableBytes();
        if (volume.availableBytes() < size * ALMOST_NOTHING) {
            return Inspection.found(draft(server, claim, volume, evidence)
                    .fix(FIX)
                    .say("The volume of " + server.id().instance() + " is full but for "
                            + Retention.text(volume.availableBytes())));
        }
        List<StorageNight> nights =
                evidence.nights().storage(server.id()).value().orElse(List.of());
        Optional<DiskForecast> forecast = DiskForecast.of(volume, nights, evidence.at());
        if (forecast.isEmpty()
                || forecast.get().left() > HORIZON_DAYS
                || GrowthEnd.comesBefore(forecast.get().left(), server, volume, ALMOST_NOTHING, evidence.at())) {
            return Inspection.clean();
        }
        DiskForecast soon = forecast.get();
        return Inspection.found(draft(server, claim, volume, evidence)
                .severity(soon.left() <= ERROR_DAYS ? Severity.ERROR : Severity.WARNING)
                .fact(
                        "grows by",
                        Retention.text(soon.growth()) + " a day (" + Retention.text(soon.lowestGrowth()) + " to "
                                + Retention.text(soon.highestGrowth()) + ", with 90 % confidence)")
                .fact("full at the earliest", day(soon.earliest(), evidence))
                .fact("full at the latest", day(soon.latest(), evidence))
                .fact(
                        "judged by",
                        soon.fromSamples() + " days of samples"
                                + (soon.fromNights() == 0 ? "" : " and " + soon.fromNights() + " nights before them"))
                .fix(FIX)
                .say("The volume of " + server.id().instance() + " is full around " + day(soon.left(), evidence)
                        + " if it goes on as in the last days"));
    }

    private FindingDraft draft(MetricsServer server, DataClaim claim, VolumeStats volume, Evidence evidence) {
        return on(server, evidence)
                .aspect(server.id().instance())
                .fact("volume", "PersistentVolumeClaim " + claim.namespace() + "/" + claim.name())
                .fact("used", Retention.text(volume.usedBytes()))
                .fact("available", Retention.text(volume.availableBytes()));
    }

    private static String day(double days, Evidence evidence) {
        Duration ahead = Duration.ofMinutes(Math.round(Math.min(days, 36_500) * 1440));
        return LocalDate.ofInstant(evidence.at().plus(ahead), ZoneOffset.UTC).toString();
    }
}
