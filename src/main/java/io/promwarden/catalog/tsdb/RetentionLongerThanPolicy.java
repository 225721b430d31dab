package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RuntimeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A Prometheus that keeps everything for longer than the job says that everything is to be kept. That is its own retention's
 * to settle: deleting all that is old through the admin API would do the same at a great price.
 */
public final class RetentionLongerThanPolicy implements Check<MetricsServer> {

    /** Blocks go as a whole, and the largest spans a tenth of the retention. */
    private static final double BLOCK_ALLOWANCE = 1.1;

    private static final Duration SHORTEST_ALLOWANCE = Duration.ofHours(3);

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
        return Set.of(Need.RUNTIME_INFO);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<Duration> wanted = evidence.everything();
        Optional<String> written = server.runtimeInfo().value().map(RuntimeInfo::storageRetention);
        if (wanted.isEmpty() || written.isEmpty()) {
            return Inspection.clean(); // the job asks for nothing, or the runner has told why
        }
        Optional<Duration> kept = Arrays.stream(written.get().split(" or ", -1))
                .flatMap(part -> Retention.time(part).stream())
                .findFirst();
        boolean longer = kept.map(time -> time.compareTo(wanted.get()) > 0)
                .orElseGet(() -> held(server, evidence.at())
                        .map(age -> age.compareTo(allowed(wanted.get())) > 0)
                        .orElse(false));
        if (!longer) {
            return kept.isPresent() || held(server, evidence.at()).isPresent()
                    ? Inspection.clean()
                    : Inspection.notRun(
                            server.id().text() + " keeps " + (written.get().isBlank() ? "?" : written.get())
                                    + " and does not tell how old its oldest sample is");
        }
        return Inspection.found(on(server, evidence)
                .aspect(server.id().instance())
                .fact("the job's everything", text(wanted.get()))
                .fact("retention of the server", written.get())
                .fact(
                        "oldest sample",
                        held(server, evidence.at())
                                .map(age -> text(age) + " old")
                                .orElse("not known"))
                .fix(fix(server, wanted.get()))
                .say("It keeps everything for " + kept.map(time -> text(time)).orElse("as long as there is room")
                        + ", and the job says " + text(wanted.get())));
    }

    /** Whole blocks are dropped at no cost; a policy that deletes everything is refused. */
    private static Fix fix(MetricsServer server, Duration wanted) {
        String owner = server.id().owner();
        int slash = owner.indexOf('/');
        return slash < 0
                ? Fix.of(
                        "Start it with the retention that is wanted; it then drops whole blocks by itself.",
                        "--storage.tsdb.retention.time=" + text(wanted))
                : Fix.of(
                        "Set the retention that is wanted; Prometheus then drops whole blocks by itself.",
                        "kubectl -n " + owner.substring(0, slash) + " patch prometheus " + owner.substring(slash + 1)
                                + " --type merge -p '{\"spec\":{\"retention\":\"" + text(wanted) + "\"}}'");
    }

    private static Duration allowed(Duration wanted) {
        Duration tenth = Duration.ofMillis((long) (wanted.toMillis() * (BLOCK_ALLOWANCE - 1)));
        return wanted.plus(tenth.compareTo(SHORTEST_ALLOWANCE) > 0 ? tenth : SHORTEST_ALLOWANCE);
    }

    private static Optional<Duration> held(MetricsServer server, Instant at) {
        Optional<OwnMetrics> own = server.ownMetrics().value();
        OptionalDouble oldest =
                own.isEmpty() ? OptionalDouble.empty() : own.get().sum("prometheus_tsdb_lowest_timestamp_seconds");
        return oldest.isPresent() && oldest.getAsDouble() > 0 && oldest.getAsDouble() < at.getEpochSecond()
                ? Optional.of(Duration.ofSeconds(at.getEpochSecond() - (long) oldest.getAsDouble()))
                : Optional.empty();
    }

    /** In days where there are enough of them, else in hours or minutes. */
    private static String text(Duration duration) {
        boolean days = duration.toDays() >= 2 || duration.equals(Duration.ofDays(duration.toDays()));
        if (days && duration.toDays() > 0) {
            return duration.toDays() + "d";
        }
        return duration.toHours() > 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }
}
