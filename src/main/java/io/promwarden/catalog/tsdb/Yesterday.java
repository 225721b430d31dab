package io.promwarden.catalog.tsdb;

import io.promwarden.check.Evidence;
import io.promwarden.check.Question;
import io.promwarden.label.Labels;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server's own series said a day ago, where it scrapes itself: one cheap question for all checks. The difference
 * to what it exposes now is what happened since.
 */
final class Yesterday {

    private static final Duration DAY = Duration.ofDays(1);

    /** Measured once, at the start, to the nanosecond: whoever gave the same number a day ago is the same process. */
    private static final String MARK = Tsdb.PREFIX + "data_replay_duration_seconds";

    private static final String ASKED = "{__name__=~\"" + Tsdb.PREFIX
            + "(checkpoint_creations_failed_total|checkpoint_deletions_failed_total"
            + "|compactions_failed_total|data_replay_duration_seconds|head_samples_appended_total"
            + "|head_series|head_series_created_total|head_truncations_failed_total"
            + "|out_of_bound_samples_total|out_of_order_samples_total|storage_blocks_bytes"
            + "|too_old_samples_total|vertical_compactions_total|wal_storage_size_bytes"
            + "|wal_truncations_failed_total|wal_writes_failed_total)\"} offset 1d";

    /**
     * What a counter did.
     *
     * @param by how much it grew
     * @param over in which time: a day, or less if the process is younger
     */
    record Growth(double by, Duration over) {

        /** By how much it would grow in a day. */
        double perDay() {
            return over.isPositive() ? by * DAY.toSeconds() / Math.max(1, over.toSeconds()) : by;
        }

        String words() {
            return Figure.whole(by) + " in " + (over.equals(DAY) ? "the last 24 hours" : Figure.time(over));
        }
    }

    private Yesterday() {}

    static Question question(ServerId server) {
        return new Question(server, ASKED);
    }

    /** By how much a counter grew in the last day; empty if nobody knows. */
    static Optional<Growth> growth(String metric, Tsdb tsdb, MetricsServer server, Evidence evidence) {
        OptionalDouble now = tsdb.value(metric);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> started = tsdb.started();
        if (started.isPresent() && started.get().isAfter(evidence.at().minus(DAY))) {
            Duration age = Duration.between(started.get(), evidence.at());
            return Optional.of(new Growth(now.getAsDouble(), age.isNegative() ? Duration.ZERO : age));
        }
        OptionalDouble then = value(metric, tsdb, server, evidence);
        return then.isPresent() && then.getAsDouble() <= now.getAsDouble()
                ? Optional.of(new Growth(now.getAsDouble() - then.getAsDouble(), DAY))
                : Optional.empty();
    }

    /** What it was a day ago. */
    static OptionalDouble value(String metric, Tsdb tsdb, MetricsServer server, Evidence evidence) {
        List<Sample> mine = mine(evidence.answer(question(server.id())).value().orElse(List.of()), tsdb, server);
        List<Sample> named = mine.stream()
                .filter(sample -> sample.labels().value("__name__").equals(metric))
                .toList();
        return named.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(named.stream().mapToDouble(Sample::value).sum());
    }

    /** Replicas may scrape one another, and one server all others. */
    private static List<Sample> mine(List<Sample> all, Tsdb tsdb, MetricsServer server) {
        OptionalDouble mark = tsdb.value(MARK);
        Optional<Labels> target = all.stream()
                .filter(sample -> sample.labels().value("__name__").equals(MARK))
                .filter(sample -> mark.isPresent() && sample.value() == mark.getAsDouble())
                .map(Sample::labels)
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .findFirst();
        if (target.isPresent()) {
            return all.stream()
                    .filter(sample -> same(sample.labels(), target.get()))
                    .toList();
        }
        String pod = server.id().instance();
        List<Sample> byPod = all.stream()
                .filter(sample -> sample.labels().value("pod").equals(pod))
                .toList();
        if (!byPod.isEmpty()) {
            return onlyOne(byPod);
        }
        boolean pods =
                all.stream().anyMatch(sample -> sample.labels().find("pod").isPresent());
        return pods ? List.of() : onlyOne(all);
    }

    /** What several targets say at once can't be told apart. */
    private static List<Sample> onlyOne(List<Sample> samples) {
        Set<String> targets = samples.stream()
                .map(sample ->
                        sample.labels().value("job") + "\0" + sample.labels().value("instance"))
                .collect(Collectors.toSet());
        return targets.size() == 1 ? samples : List.of();
    }

    private static boolean same(Labels one, Labels other) {
        return one.value("instance").equals(other.value("instance"))
                && one.value("job").equals(other.value("job"))
                && one.value("pod").equals(other.value("pod"));
    }
}
