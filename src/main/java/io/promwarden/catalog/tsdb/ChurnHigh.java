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
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server whose series are replaced by new ones all day. */
public final class ChurnHigh implements Check<MetricsServer> {

    private static final String CREATED = Tsdb.PREFIX + "head_series_created_total";

    /** New series of the last hour by job: one sample a scrape and target is read for it. */
    static final String BY_JOB = "topk(5, sum by (job) (sum_over_time(scrape_series_added[1h])))";

    /** Series that live for less than five hours on average. */
    private static final double TIMES_A_DAY = 5;

    /** Fewer than so many new series a day cost nothing. */
    private static final double WORTH_KNOWING = 200_000;

    /** A start makes all series anew. */
    private static final Duration LEAST = Duration.ofHours(6);

    /**
     * How series come and go.
     *
     * @param created new series in that time, without the first filling
     * @param perDay new series a day
     * @param series in the head now
     * @param words for that time
     */
    private record Churn(double created, double perDay, double series, String words) {
        double times() {
            return perDay / Math.max(1, series);
        }

        boolean high() {
            return perDay >= WORTH_KNOWING && times() >= TIMES_A_DAY;
        }
    }

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
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        List<Question> questions = new ArrayList<>();
        Tsdb.of(server).flatMap(tsdb -> sinceStart(tsdb, evidence)).ifPresent(mean -> {
            if (mean.created() >= WORTH_KNOWING) {
                questions.add(Yesterday.question(server.id()));
            }
            if (mean.high()) {
                questions.add(new Question(server.id(), BY_JOB)); // it costs more than the other
            }
        });
        return questions;
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        if (tsdb.value(CREATED).isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose " + CREATED);
        }
        Optional<Churn> measured = sinceStart(tsdb, evidence)
                .map(mean -> lastDay(tsdb, server, evidence).orElse(mean))
                .filter(Churn::high);
        if (measured.isEmpty()) {
            return Inspection.clean();
        }
        Churn churn = measured.get();
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .fact("new series a day", Figure.whole(churn.perDay()))
                .fact("series in the head", Figure.whole(churn.series()))
                .fact(
                        "a series lives for",
                        Figure.time(Duration.ofSeconds((long) (86_400 / churn.times()))) + " on average")
                .fact("measured over", churn.words());
        List<Sample> jobs = evidence.answer(new Question(server.id(), BY_JOB)).value().orElse(List.of()).stream()
                .filter(sample -> sample.value() > 0)
                .sorted(Comparator.comparingDouble(Sample::value).reversed())
                .toList();
        jobs.forEach(job -> draft.fact(
                "new series of job " + job.labels().value("job") + " in the last hour", Figure.whole(job.value())));
        server.headStatistics().value().stream()
                .flatMap(head -> head.valuesByLabel().stream())
                .filter(label -> !label.name().equals("__name__"))
                .limit(3)
                .forEach(label -> draft.fact("values of label " + label.name(), String.valueOf(label.count())));
        return Inspection.found(draft.fact("how sure", "certain: the server counts the series that it makes")
                .fix(Fix.of("Look for what changes in the labels of "
                        + (jobs.isEmpty()
                                ? "the targets"
                                : "job " + jobs.get(0).labels().value("job"))
                        + ": pods that restart or short-lived jobs, or a label with a build, a request or a time in it,"
                        + " which metricRelabelings can drop."))
                .say("Series of " + server.id().instance() + " are replaced " + Figure.times(churn.times())
                        + " times a day: memory, log and index pay for each new one"));
    }

    private static Optional<Churn> sinceStart(Tsdb tsdb, Evidence evidence) {
        double series = tsdb.value(Tsdb.HEAD_SERIES).orElse(0);
        double created = tsdb.value(CREATED).orElse(0) - series;
        Optional<Duration> age = tsdb.started()
                .map(start -> Duration.between(start, evidence.at()))
                .filter(known -> known.compareTo(LEAST) >= 0);
        return age.map(known -> new Churn(
                created,
                Math.max(0, created) * 86_400 / known.toSeconds(),
                series,
                "the " + Figure.time(known) + " since the start"));
    }

    private static Optional<Churn> lastDay(Tsdb tsdb, MetricsServer server, Evidence evidence) {
        Instant aDayAgo = evidence.at().minus(Duration.ofDays(1));
        return tsdb.started()
                .filter(start -> start.isBefore(aDayAgo))
                .flatMap(start -> Yesterday.growth(CREATED, tsdb, server, evidence)
                        .map(growth -> new Churn(
                                growth.by(),
                                growth.by(),
                                tsdb.value(Tsdb.HEAD_SERIES).orElse(0),
                                "the last 24 hours")));
    }
}
