package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.Block;
import io.promwarden.observation.RuntimeInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which condition a server's TSDB is, beyond what the server is: what the pre-flight asks only of a real Prometheus.
 *
 * @param blocks unknown before 3.6
 * @param lastDay by how much the counters that {@link LastDay#COUNTERS} names grew in the last 24 h
 * @param freeBytes of the volume that holds its data
 * @param snapshot whether a snapshot of all blocks is to be made first
 * @param processes the start times, as written, of all processes that answered for it during this run
 */
record Condition(
        Answer<RuntimeInfo> runtime,
        Answer<List<Block>> blocks,
        Map<String, Answer<Double>> lastDay,
        Answer<Double> freeBytes,
        boolean snapshot,
        Set<String> processes) {

    Condition {
        lastDay = Map.copyOf(lastDay);
        processes = Set.copyOf(processes);
    }

    /** Of a server that is refused for what it is. */
    static Condition notAsked() {
        return new Condition(
                Answer.unknown("not asked"),
                Answer.unknown("not asked"),
                Map.of(),
                Answer.unknown("not asked"),
                false,
                Set.of());
    }

    Answer<Double> lastDay(String counter) {
        return lastDay.getOrDefault(counter, Answer.unknown("not asked"));
    }
}
