package io.promwarden.catalog.tsdb;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.StorageNight;
import io.promwarden.storage.RobustFit;
import io.promwarden.storage.RobustFit.Point;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** A Prometheus whose series grow night after night, so that its memory will not do for long. */
public final class CardinalityGrowing implements Check<MetricsServer> {

    private static final String SERIES = "prometheus_tsdb_head_series";
    private static final Duration WINDOW = Duration.ofDays(30);
    private static final double DOUBLES_WITHIN_DAYS = 90;
    private static final double LEAST_SHARE = 0.1;
    private static final double LEAST_SERIES = 10_000;
    private static final int MOST_NAMED = 5;

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
        return Set.of(Need.HEAD);
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        OptionalDouble now =
                server.ownMetrics().value().map(own -> own.sum(SERIES)).orElse(OptionalDouble.empty());
        if (now.isEmpty()) {
            return Inspection.clean(); // the runner has told why, or it is no Prometheus
        }
        return switch (evidence.nights().storage(server.id())) {
            case Answer.Unknown<List<StorageNight>> unknown -> Inspection.notRun(unknown.why());
            case Answer.Known<List<StorageNight>> nights ->
                judge(
                        server,
                        now.getAsDouble(),
                        nights.known().stream()
                                .filter(night ->
                                        night.at().isAfter(evidence.at().minus(WINDOW)))
                                .filter(night -> night.headSeries().isPresent())
                                .toList(),
                        evidence);
        };
    }

    private Inspection judge(MetricsServer server, double now, List<StorageNight> nights, Evidence evidence) {
        List<Point> points = new ArrayList<>();
        nights.forEach(
                night -> points.add(new Point(night.at(), night.headSeries().getAsLong())));
        points.add(new Point(evidence.at(), now));
        Optional<RobustFit> fit = RobustFit.of(points).filter(RobustFit::grows);
        if (fit.isEmpty()) {
            return Inspection.clean();
        }
        double grown = fit.get().slope() * fit.get().span().toSeconds() / 86_400;
        double doubles = now / fit.get().slope();
        if (grown < Math.max(LEAST_SERIES, now * LEAST_SHARE) || doubles > DOUBLES_WITHIN_DAYS) {
            return Inspection.clean();
        }
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .fact("series in the head", whole(now))
                .fact(
                        "grow by",
                        whole(fit.get().slope()) + " a day (" + whole(fit.get().lowest()) + " to "
                                + whole(fit.get().highest()) + ", with 90 % confidence)")
                .fact("judged by", nights.size() + " nights and the present");
        name(server.headStatistics(), nights, draft);
        return Inspection.found(draft.fix(Fix.of(
                        "Find what the new series of these metrics differ by, and drop that label, or the metric, in"
                                + " the metricRelabelings of the monitor that scrapes it. If they are wanted, give Prometheus"
                                + " memory in time, or divide it into shards."))
                .say("The series of " + server.id().instance() + " double in about " + whole(doubles)
                        + " days if they go on growing as they do"));
    }

    /** What grew most since the oldest night that has such lists. */
    private static void name(Answer<HeadStatistics> head, List<StorageNight> nights, FindingDraft draft) {
        Optional<StorageNight> then = nights.stream()
                .filter(night -> !night.seriesByMetric().isEmpty())
                .findFirst();
        if (head.value().isEmpty() || then.isEmpty()) {
            draft.fact(
                    "what grew", "not known: " + head.reason().orElse("no night before recorded the largest metrics"));
            return;
        }
        HeadStatistics now = head.value().get();
        String since = " since " + LocalDate.ofInstant(then.get().at(), ZoneOffset.UTC);
        grown(now, HeadStatistics::seriesByMetric, then.get().seriesByMetric())
                .forEach(one -> draft.fact("metric " + one.name(), one.text("series") + since));
        grown(now, HeadStatistics::valuesByLabel, then.get().valuesByLabel())
                .forEach(one -> draft.fact("label " + one.name(), one.text("values") + since));
        grown(now, HeadStatistics::seriesByLabelPair, then.get().seriesByLabelPair())
                .forEach(one -> draft.fact("pair " + one.name(), one.text("series") + since));
    }

    /**
     * How much one name grew.
     *
     * @param sure false if it was not among the largest then, so that it may have grown by more
     */
    private record Grown(String name, long now, long by, boolean sure) {
        String text(String of) {
            return String.format(Locale.ROOT, "%,d %s, %s%,d more", now, of, sure ? "" : "at least ", by);
        }
    }

    private static List<Grown> grown(HeadStatistics now, Function<HeadStatistics, List<Count>> list, List<Count> then) {
        long least = then.stream().mapToLong(Count::count).min().orElse(0);
        return list.apply(now).stream()
                .map(count -> then.stream()
                        .filter(before -> before.name().equals(count.name()))
                        .findFirst()
                        .map(before -> new Grown(count.name(), count.count(), count.count() - before.count(), true))
                        .orElseGet(() -> new Grown(count.name(), count.count(), count.count() - least, false)))
                .filter(one -> one.by() > 0)
                .sorted(Comparator.comparingLong(Grown::by).reversed())
                .limit(MOST_NAMED)
                .toList();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
}
