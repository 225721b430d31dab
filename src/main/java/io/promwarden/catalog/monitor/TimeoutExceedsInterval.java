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
import io.promwarden.inventory.PrometheusObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A scrape timeout of the server's that is longer than the interval, and is cut without a word. */
public final class TimeoutExceedsInterval implements Check<Monitor> {

    /** Prometheus' own. */
    private static final String DEFAULT = "10s";

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
        return Admissions.SELECTION;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (ScrapePart part : ScrapePart.of(monitor)) {
            // A timeout of its own that is too long is refused by the operator, which another check tells.
            Optional<Duration> interval = ScrapeDuration.parse(part.interval());
            if (interval.isPresent()
                    && part.raw().text("scrapeTimeout").orElse("").isEmpty()) {
                cut(part, interval.get(), evidence).ifPresent(findings::add);
            }
        }
        return Inspection.found(findings);
    }

    private Optional<Finding> cut(ScrapePart part, Duration interval, Evidence evidence) {
        for (PrometheusObject prometheus : Admissions.of(evidence).pickedBy(part.monitor())) {
            Optional<String> said =
                    prometheus.raw().text("spec", "scrapeTimeout").filter(text -> !text.isEmpty());
            Optional<Duration> timeout = ScrapeDuration.parse(said.orElse(DEFAULT));
            if (timeout.isPresent() && timeout.get().compareTo(interval) > 0) {
                FindingDraft draft = on(part.monitor(), evidence)
                        .aspect(part.name())
                        .severity(said.isPresent() ? Severity.WARNING : Severity.INFO)
                        .fact("field", part.intervalField())
                        .fact("interval", part.interval())
                        .fact(
                                "timeout of " + prometheus.kind().kind() + " "
                                        + prometheus.meta().key(),
                                said.orElse(DEFAULT + ", the default"));
                return Optional.of(draft.fix(Fix.of(
                                "Say how long a scrape may take, or scrape less often.",
                                "scrapeTimeout: " + part.interval() + "\n"))
                        .say("A scrape may take " + said.orElse(DEFAULT) + " elsewhere, but here it is given up after "
                                + part.interval() + ", as the next one is due then"));
            }
        }
        return Optional.empty();
    }
}
