package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.OwnMetrics;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Why a deletion that was accepted had no effect, as far as the server tells. */
final class NoEffect {

    private NoEffect() {}

    static String why(
            StoredSamples stored, SeriesSelector selector, Instant start, Instant end, Answer<OwnMetrics> own) {
        OptionalDouble oldest = millis(own, "prometheus_tsdb_lowest_timestamp");
        if (oldest.isPresent() && oldest.getAsDouble() > end.toEpochMilli()) {
            return "wrong range: the server holds nothing as old as " + end;
        }
        OptionalDouble head = millis(own, "prometheus_tsdb_head_min_time");
        if (head.isPresent() && head.getAsDouble() <= end.toEpochMilli()) {
            return "still in the head, which reaches back into the range";
        }
        return switch (stored.series(selector, start, end)) {
            case Answer.Known<List<Labels>> series ->
                series.known().isEmpty()
                        ? "nothing matched: no series in the range is selected"
                        : "why is not known, as " + series.known().size() + " series in the range are still selected";
            case Answer.Unknown<List<Labels>> unknown -> "why is not known: " + unknown.why();
        };
    }

    private static OptionalDouble millis(Answer<OwnMetrics> own, String metric) {
        return own.value().map(metrics -> metrics.sum(metric)).orElse(OptionalDouble.empty());
    }
}
