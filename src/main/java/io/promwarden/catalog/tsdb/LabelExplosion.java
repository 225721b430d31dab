package io.promwarden.catalog.tsdb;

import com.google.re2j.Pattern;
import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.label.PromQuote;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A label with so many values that most series exist for its sake. */
public final class LabelExplosion implements Check<MetricsServer> {

    /** A head of that size is no trouble, whatever is in it. */
    private static final double SMALL = 50_000;

    private static final long MANY = 10_000;

    /** Ten series a value at most. A pod has hundreds, a request has one. */
    private static final double SHARE = 0.1;

    /** A query reads every series that it counts; more than so many a server would notice. */
    private static final long MOST_READ = 300_000;

    private static final int SHOWN = 3;

    /** One sample for each target is read: what can be asked where the metrics themselves are too large. */
    private static final String LARGEST_JOBS = "topk(3, sum by (job) (scrape_samples_post_metric_relabeling))";

    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

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
        return Set.of(Need.HEAD, Need.TARGETS);
    }

    @Override
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        return server.headStatistics().value().stream()
                .flatMap(head -> exploded(head).stream()
                        .map(label ->
                                question(label, head, server).orElseGet(() -> new Question(server.id(), LARGEST_JOBS))))
                .toList();
    }

    private static List<Count> exploded(HeadStatistics head) {
        return head.series() < SMALL
                ? List.of()
                : head.valuesByLabel().stream()
                        .filter(label -> !label.name().equals("__name__"))
                        .filter(label -> label.count() >= MANY && label.count() >= SHARE * head.series())
                        .limit(SHOWN)
                        .toList();
    }

    /** Which of the largest metrics has it, and of which job. */
    private static Optional<Question> question(Count label, HeadStatistics head, MetricsServer server) {
        List<String> metrics = new ArrayList<>();
        long read = 0;
        for (Count metric : head.seriesByMetric()) {
            if (PLAIN.matches(metric.name()) && read + metric.count() <= MOST_READ) {
                metrics.add(metric.name());
                read += metric.count();
            }
        }
        return metrics.isEmpty() || !PLAIN.matches(label.name())
                ? Optional.empty()
                : Optional.of(new Question(
                        server.id(),
                        "topk(" + SHOWN + ", count by (__name__, job) ({__name__=~"
                                + PromQuote.quote(String.join("|", metrics)) + "," + label.name() + "!=\"\"}))"));
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> tsdb = Tsdb.of(server);
        if (tsdb.isEmpty() || tsdb.get().value(Tsdb.HEAD_SERIES).orElse(SMALL) < SMALL) {
            return Inspection.clean(); // the runner has told why, or it is small
        }
        return switch (server.headStatistics()) {
            case Answer.Unknown<HeadStatistics> unknown ->
                Inspection.notRun(server.id().text() + ": " + unknown.why());
            case Answer.Known<HeadStatistics> head ->
                Inspection.found(exploded(head.known()).stream()
                        .map(label -> finding(label, head.known(), server, evidence))
                        .toList());
        };
    }

    private Finding finding(Count label, HeadStatistics head, MetricsServer server, Evidence evidence) {
        String share = Figure.times((double) head.series() / label.count());
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance() + " " + label.name())
                .fact("values of " + label.name(), String.valueOf(label.count()))
                .fact("series in the head", String.valueOf(head.series()));
        head.memoryByLabel().stream()
                .filter(memory -> memory.name().equals(label.name()))
                .forEach(memory -> draft.fact("memory of its values", Retention.text((double) memory.count())));
        Optional<Question> question = question(label, head, server);
        Answer<List<Sample>> answer = question.map(evidence::answer)
                .orElseGet(() -> Answer.unknown(
                        PLAIN.matches(label.name())
                                ? "counting the largest would read too many series"
                                : "no selector can hold its name"));
        List<Sample> metrics = answer.value().orElse(List.of()).stream()
                .sorted(Comparator.comparingDouble(Sample::value).reversed())
                .toList();
        metrics.forEach(metric -> draft.fact(
                "series with it of " + metric.labels().value("__name__"),
                Figure.whole(metric.value()) + ", job " + metric.labels().value("job")));
        if (metrics.isEmpty()) {
            head.seriesByMetric().stream()
                    .limit(SHOWN)
                    .forEach(metric -> draft.fact("largest metric " + metric.name(), metric.count() + " series"));
            evidence.answer(new Question(server.id(), LARGEST_JOBS)).value().orElse(List.of()).stream()
                    .sorted(Comparator.comparingDouble(Sample::value).reversed())
                    .forEach(job -> draft.fact(
                            "largest job " + job.labels().value("job"),
                            Figure.whole(job.value()) + " samples a scrape"));
        }
        draft.fact(
                "how sure",
                metrics.isEmpty()
                        ? "certain of the label; which metrics have it is not known: "
                                + answer.reason().orElse("none of the largest does")
                        : "certain of the label; of the metrics the largest were looked at");
        return draft.fix(fix(label, metrics, server, evidence))
                .say("The label " + label.name() + " has " + label.count() + " values on "
                        + server.id().instance() + ", one for every " + share + " series");
    }

    private static Fix fix(Count label, List<Sample> metrics, MetricsServer server, Evidence evidence) {
        String advice =
                "Take the label out where it is made. Until then drop it, if what is left still tells its series"
                        + " apart, or drop the metric.";
        if (metrics.isEmpty()) {
            return Fix.of(advice);
        }
        String job = metrics.get(0).labels().value("job");
        String metric = metrics.get(0).labels().value("__name__");
        Set<String> pools = new TreeSet<>();
        evidence.targets().all().stream()
                .filter(seen -> seen.server().equals(server.id())
                        && seen.target().labels().value("job").equals(job))
                .forEach(seen -> pools.add(seen.target().scrapePool()));
        if (pools.isEmpty() || !PLAIN.matches(metric) || pools.stream().anyMatch(pool -> pool.contains("\n"))) {
            return Fix.of(advice);
        }
        return Fix.of(
                advice,
                "# " + String.join(", ", pools.stream().limit(SHOWN).toList()) + "\n"
                        + """
                metricRelabelings:
                  # without the label
                  - action: labeldrop
                    regex: %s
                  # or without the metric
                  - action: drop
                    sourceLabels: [__name__]
                    regex: %s
                """.formatted(label.name(), metric));
    }
}
