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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Samples that a server turns away for their time. */
public final class OutOfOrderRejected implements Check<MetricsServer> {

    private static final String OUT_OF_ORDER = Tsdb.PREFIX + "out_of_order_samples_total";
    private static final String APPENDED = Tsdb.PREFIX + "head_samples_appended_total";
    private static final String SCRAPES = "prometheus_target_scrapes_sample_";
    private static final Map<String, String> REJECTED = rejected();

    /** One a minute is no accident. */
    private static final double MANY_A_DAY = 1440;

    private static Map<String, String> rejected() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(OUT_OF_ORDER, "older than the last of their series");
        names.put(Tsdb.PREFIX + "too_old_samples_total", "older than the out-of-order window");
        names.put(Tsdb.PREFIX + "out_of_bound_samples_total", "older than the head takes in");
        return names;
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
    public List<Question> asks(MetricsServer server, Evidence evidence) {
        boolean many = Tsdb.of(server).filter(tsdb -> total(tsdb) >= MANY_A_DAY).isPresent();
        return many ? List.of(Yesterday.question(server.id())) : List.of();
    }

    private static double total(Tsdb tsdb) {
        return REJECTED.keySet().stream()
                .mapToDouble(metric -> tsdb.value(metric).orElse(0))
                .sum();
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Tsdb> known = Tsdb.of(server);
        if (known.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        Tsdb tsdb = known.get();
        if (tsdb.value(OUT_OF_ORDER).isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose " + OUT_OF_ORDER);
        }
        if (total(tsdb) < MANY_A_DAY) {
            return Inspection.clean();
        }
        FindingDraft draft = on(server, evidence).aspect(server.id().instance());
        double aDay = 0;
        boolean dated = true;
        for (Map.Entry<String, String> reason : REJECTED.entrySet()) {
            double count = tsdb.value(reason.getKey()).orElse(0);
            if (count > 0) {
                Optional<Yesterday.Growth> lately = Yesterday.growth(reason.getKey(), tsdb, server, evidence);
                dated &= lately.isPresent();
                aDay += lately.map(Yesterday.Growth::perDay).orElse(0d);
                if (lately.isEmpty() || lately.get().by() > 0) {
                    draft.fact(
                            reason.getValue(),
                            lately.map(Yesterday.Growth::words).orElse(Figure.whole(count) + " since the start"));
                }
            }
        }
        if (dated && aDay < MANY_A_DAY) {
            return Inspection.clean();
        }
        Optional<Yesterday.Growth> appended = Yesterday.growth(APPENDED, tsdb, server, evidence);
        if (dated && appended.isPresent() && appended.get().perDay() > 0) {
            draft.fact(
                    "share of all samples",
                    Figure.percent(aDay / (appended.get().perDay() + aDay)));
        }
        OptionalDouble byScrapes = tsdb.value(SCRAPES + "out_of_order_total");
        byScrapes.ifPresent(count -> draft.fact("of them by scrapes, since the start", Figure.whole(count)));
        boolean scraped = byScrapes.orElse(0) >= total(tsdb) / 2;
        return Inspection.found(draft.severity(dated ? Severity.WARNING : Severity.INFO)
                .fact(
                        "how sure",
                        dated
                                ? "certain: the server counted them"
                                : "it turned them away since its start; how many lately is not known")
                .fix(
                        scraped
                                ? Fix.of("Two targets give the same series, or one gives old timestamps: see"
                                        + " monitor/scraped-twice and monitor/honor-labels-conflict, and set"
                                        + " honorTimestamps: false where an exporter's timestamps are of no use.")
                                : Fix.of(
                                        "Most come by remote write or from rules. If several senders write the same series,"
                                                + " give each a label of its own; if they are late, let them in:",
                                        "spec:\n  tsdb:\n    outOfOrderTimeWindow: 30m\n"))
                .say(server.id().instance()
                        + (dated
                                ? " turns samples away for their time: " + Figure.whole(aDay) + " a day, which are lost"
                                : " has turned samples away for their time; they are lost")));
    }
}
