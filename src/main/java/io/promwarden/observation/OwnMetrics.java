package io.promwarden.observation;

import io.promwarden.label.Labels;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A server's own exposition, by metric name. */
public record OwnMetrics(Map<String, List<Sample>> byName) {

    public OwnMetrics {
        byName = Map.copyOf(byName);
    }

    public List<Sample> samples(String metric) {
        return byName.getOrDefault(metric, List.of());
    }

    /** The sum over all label sets of a metric; empty if the server doesn't expose it. */
    public OptionalDouble sum(String metric) {
        List<Sample> samples = samples(metric);
        return samples.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(samples.stream().mapToDouble(Sample::value).sum());
    }

    /** The value of a metric for one value of one label. */
    public OptionalDouble value(String metric, String label, String value) {
        return samples(metric).stream()
                .filter(sample -> sample.labels().value(label).equals(value))
                .mapToDouble(Sample::value)
                .findFirst();
    }

    /** For tests and callers that hold a flat list. */
    public static OwnMetrics of(Map<String, Double> values) {
        Map<String, List<Sample>> byName = new java.util.HashMap<>();
        values.forEach((name, value) -> byName.put(name, List.of(new Sample(Labels.EMPTY, value))));
        return new OwnMetrics(byName);
    }
}
