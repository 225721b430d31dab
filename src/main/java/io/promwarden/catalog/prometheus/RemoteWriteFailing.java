package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A remote write that is behind, or that loses samples. Its URL is never shown: its path is often a token. */
public final class RemoteWriteFailing implements Check<MetricsServer> {

    private static final String PREFIX = "prometheus_remote_storage_";
    private static final String SENT = PREFIX + "queue_highest_sent_timestamp_seconds";
    private static final String SAMPLES = PREFIX + "samples_total";
    private static final String FAILED = PREFIX + "samples_failed_total";

    /** Two scrapes and a pause between retries lie within it. */
    private static final double BEHIND = 120;
    /** What is behind so far has been failing for a while. */
    private static final double LOST = 900;
    /** One in a hundred since the start is no restart of the receiver. */
    private static final double MANY = 0.01;

    @Override
    public Subjects<MetricsServer> subject() {
        return PrometheusSubjects.SERVERS;
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
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<OwnMetrics> own = server.ownMetrics().value();
        if (own.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        List<Finding> findings = new ArrayList<>();
        for (Sample queue : own.get().samples(SENT)) {
            Optional<Finding> finding = finding(server, queue, own.get(), evidence);
            finding.ifPresent(findings::add);
        }
        return Inspection.found(findings);
    }

    private Optional<Finding> finding(MetricsServer server, Sample queue, OwnMetrics own, Evidence evidence) {
        String name = queue.labels().value("remote_name");
        OptionalDouble lag = lag(queue, own);
        OptionalDouble failed = same(own, FAILED, queue);
        double sent = same(own, SAMPLES, queue).orElse(0);
        double share = failed.isPresent() && sent > 0 ? failed.getAsDouble() / sent : 0;
        boolean lost = lag.isPresent() && lag.getAsDouble() > LOST;
        boolean behind = lag.isPresent() && lag.getAsDouble() > BEHIND;
        if (!behind && share < MANY) {
            return Optional.empty();
        }
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance() + " " + name)
                .severity(lost ? Severity.ERROR : Severity.WARNING)
                .fact("remote write", name.isEmpty() ? "without a name" : name);
        lag.ifPresent(seconds -> draft.fact("behind by", Math.round(seconds) + " s"));
        failed.ifPresent(count -> draft.fact("samples given up since the start", Long.toString(Math.round(count)))
                .fact("share of all", String.format(Locale.ROOT, "%.1f %%", share * 100)));
        same(own, PREFIX + "samples_pending", queue)
                .ifPresent(count -> draft.fact("samples waiting", Long.toString(Math.round(count))));
        OptionalDouble shards = same(own, PREFIX + "shards", queue);
        OptionalDouble most = same(own, PREFIX + "shards_max", queue);
        boolean full = shards.isPresent() && most.isPresent() && shards.getAsDouble() >= most.getAsDouble();
        shards.ifPresent(count -> draft.fact(
                "shards",
                Math.round(count) + (most.isPresent() ? " of at most " + Math.round(most.getAsDouble()) : "")));
        draft.fix(Fix.of(
                full
                        ? "All shards are in use: make the receiver faster, send less by writeRelabelConfigs, or raise"
                                + " queueConfig.maxShards."
                        : "Read the server's log for 'remote': it says what the receiver answers; most often it refuses the"
                                + " credentials, or samples that are too old or too many."));
        return Optional.of(draft.say(
                behind
                        ? "A remote write of " + server.id().instance() + " is behind by " + minutes(lag.getAsDouble())
                                + (lost ? ", so what it should pass on is missing there" : "")
                        : "A remote write of " + server.id().instance() + " has given up "
                                + String.format(Locale.ROOT, "%.1f %%", share * 100)
                                + " of its samples since the start"));
    }

    /** What it has read and not yet delivered, in seconds; unknown before the first delivery. */
    private static OptionalDouble lag(Sample queue, OwnMetrics own) {
        OptionalDouble read = same(own, PREFIX + "queue_highest_timestamp_seconds", queue);
        if (read.isEmpty()) {
            read = own.sum(PREFIX + "highest_timestamp_in_seconds");
        }
        return read.isEmpty() || queue.value() <= 0 || read.getAsDouble() <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, read.getAsDouble() - queue.value()));
    }

    private static OptionalDouble same(OwnMetrics own, String metric, Sample queue) {
        return own.samples(metric).stream()
                .filter(sample -> sample.labels()
                                .value("remote_name")
                                .equals(queue.labels().value("remote_name"))
                        && sample.labels().value("url").equals(queue.labels().value("url")))
                .mapToDouble(Sample::value)
                .findFirst();
    }

    private static String minutes(double seconds) {
        return Math.round(seconds / 60) + " min";
    }
}
