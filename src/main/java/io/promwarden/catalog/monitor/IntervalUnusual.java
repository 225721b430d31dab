package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A scrape interval so long that queries find nothing between two scrapes, or so short that it costs much. */
public final class IntervalUnusual implements Check<Monitor> {

    /** How far back a query looks for a sample, unless the server was told otherwise. */
    private static final Duration LOOKBACK = Duration.ofMinutes(5);
    /** With more, one failed scrape leaves a gap. */
    private static final Duration HALF_OF_IT = Duration.ofMinutes(2);

    private static final Duration SHORT = Duration.ofSeconds(5);

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.ALL;
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
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (ScrapePart part : ScrapePart.of(monitor)) {
            Optional<Duration> interval = ScrapeDuration.parse(part.interval());
            if (interval.isPresent()) {
                judge(part, interval.get(), evidence).ifPresent(findings::add);
            }
        }
        return Inspection.found(findings);
    }

    private Optional<Finding> judge(ScrapePart part, Duration interval, Evidence evidence) {
        FindingDraft draft = on(part.monitor(), evidence)
                .aspect(part.name())
                .fact("field", part.intervalField())
                .fact("interval", part.interval());
        if (interval.compareTo(LOOKBACK) >= 0) {
            return Optional.of(draft.fact("a query looks back", "5m, unless --query.lookback-delta says otherwise")
                    .fix(Fix.of("Scrape at least every two minutes; a sample that doesn't change costs little."))
                    .say("It is scraped every " + part.interval()
                            + ": between two scrapes its series are stale, so graphs have"
                            + " gaps and alerts come and go"));
        }
        if (interval.compareTo(HALF_OF_IT) > 0) {
            return Optional.of(draft.severity(Severity.INFO)
                    .fact("a query looks back", "5m, unless --query.lookback-delta says otherwise")
                    .fix(Fix.of("Scrape at least every two minutes, or write rate(...) with ranges of four intervals."))
                    .say("It is scraped every " + part.interval()
                            + ": one failed scrape leaves a gap, and rate(...[5m]) finds too" + " few samples"));
        }
        if (interval.compareTo(SHORT) < 0 && interval.isPositive()) {
            return Optional.of(draft.severity(Severity.INFO)
                    .fact(
                            "samples",
                            "as many as of " + 30_000 / interval.toMillis() + " targets with an interval of 30s")
                    .fix(Fix.of("Scrape every 15s or 30s, where nothing reacts faster."))
                    .say("It is scraped every " + part.interval()
                            + ", which costs the server as much as many targets"));
        }
        return Optional.empty();
    }
}
