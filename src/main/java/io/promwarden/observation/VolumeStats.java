package io.promwarden.observation;

import io.promwarden.answer.Answer;
import io.promwarden.label.PromQuote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How full a volume is and was, by the kubelet's {@code kubelet_volume_stats_*}. A database's disk goes up and down with
 * each compaction, so days are compared by the most that each of them used.
 *
 * @param availableBytes now
 * @param usedBytes now
 * @param latelyBytes the most used in the last three hours, which span a compaction of the head
 * @param peaks the most used in the 24 hours that ended so many days ago
 */
public record VolumeStats(
        double availableBytes, double usedBytes, double latelyBytes, SortedMap<Integer, Double> peaks) {

    private static final String PART = "promwarden_part";
    private static final String AVAILABLE = "available";
    private static final String USED = "used";
    private static final String LATELY = "lately";
    private static final String PEAK = "peak-";

    /** Two kubelet jobs scrape the same volume at different times; what is further apart is another volume. */
    private static final double SAME = 0.05;

    public VolumeStats {
        peaks = Collections.unmodifiableSortedMap(new TreeMap<>(peaks));
    }

    /**
     * One query for all of it: a handful of series, of which only the maxima are looked at.
     *
     * @param days how many days to look back besides the last 24 hours
     */
    public static String query(String namespace, String claim, int days) {
        String of =
                "{namespace=" + PromQuote.quote(namespace) + ",persistentvolumeclaim=" + PromQuote.quote(claim) + "}";
        String used = "kubelet_volume_stats_used_bytes" + of;
        List<String> parts = new ArrayList<>();
        parts.add(part("kubelet_volume_stats_available_bytes" + of, AVAILABLE));
        parts.add(part(used, USED));
        parts.add(part("max_over_time(" + used + "[3h])", LATELY));
        for (int day = 0; day <= days; day++) {
            parts.add(part(
                    "max_over_time(" + used + "[1d]" + (day == 0 ? "" : " offset " + day + "d") + ")", PEAK + day));
        }
        return String.join(" or ", parts);
    }

    private static String part(String expression, String name) {
        return "label_replace(" + expression + ",\"" + PART + "\",\"" + name + "\",\"\",\"\")";
    }

    /** What the answer to {@link #query} says. */
    public static Answer<VolumeStats> of(List<Sample> samples) {
        Map<String, List<Double>> parts = new HashMap<>();
        samples.forEach(sample -> parts.computeIfAbsent(sample.labels().value(PART), key -> new ArrayList<>())
                .add(sample.value()));
        OptionalDouble used = most(parts.get(USED));
        OptionalDouble available = most(parts.get(AVAILABLE));
        if (used.isEmpty() || available.isEmpty()) {
            return Answer.unknown(
                    parts.containsKey(USED)
                            ? "there are several volumes of that name"
                            : "there are no kubelet_volume_stats of it");
        }
        SortedMap<Integer, Double> peaks = new TreeMap<>();
        parts.forEach((name, values) -> {
            if (name.startsWith(PEAK)) {
                most(values).ifPresent(peak -> peaks.put(Integer.valueOf(name.substring(PEAK.length())), peak));
            }
        });
        return Answer.known(new VolumeStats(
                available.getAsDouble(),
                used.getAsDouble(),
                most(parts.get(LATELY)).orElse(used.getAsDouble()),
                peaks));
    }

    private static OptionalDouble most(@Nullable List<Double> values) {
        if (values == null) {
            return OptionalDouble.empty();
        }
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        return most >= 0 && most - least <= most * SAME ? OptionalDouble.of(most) : OptionalDouble.empty();
    }

    /** For the record of a night. */
    public DiskUse use() {
        Double peak = peaks.get(0);
        return new DiskUse(
                (long) usedBytes,
                (long) availableBytes,
                peak == null ? OptionalLong.empty() : OptionalLong.of(peak.longValue()));
    }
}
