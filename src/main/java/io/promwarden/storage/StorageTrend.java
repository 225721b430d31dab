package io.promwarden.storage;

import io.promwarden.observation.Count;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.StorageNight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How one server's storage went over the recorded nights.
 *
 * @param nights how many there are
 * @param since the oldest of them
 * @param forecast when its volume will be full; empty where nothing says that it will
 */
public record StorageTrend(
        ServerId server,
        int nights,
        Optional<Instant> since,
        Course series,
        Course blockBytes,
        List<Named> seriesByMetric,
        List<Named> seriesByLabelPair,
        List<Named> valuesByLabel,
        Optional<DiskForecast> forecast) {

    /** Nights that a course shows, besides the present. */
    static final int SHOWN = 13;

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * A figure over the nights.
     *
     * @param sinceYesterday the difference to the night before; empty if that did not record it
     * @param sinceWeek the difference to seven nights before
     * @param course the last nights' figures, oldest first, and the present one at the end; -1 for a night that did not record it
     */
    public record Course(OptionalLong now, OptionalLong sinceYesterday, OptionalLong sinceWeek, List<Long> course) {
        public Course {
            course = List.copyOf(course);
        }
    }

    /** The course of what has a name: a metric, a label, a pair of both. */
    public record Named(String name, Course course) {}

    public StorageTrend {
        seriesByMetric = List.copyOf(seriesByMetric);
        seriesByLabelPair = List.copyOf(seriesByLabelPair);
        valuesByLabel = List.copyOf(valuesByLabel);
    }

    /**
     * The trend of what is measured now.
     *
     * @param nights oldest first
     */
    public static StorageTrend of(
            StorageHealth now, List<StorageNight> nights, Optional<DiskForecast> forecast, Instant at) {
        Nights before = new Nights(nights, at);
        return new StorageTrend(
                now.server(),
                nights.size(),
                nights.isEmpty()
                        ? Optional.empty()
                        : Optional.of(nights.getFirst().at()),
                before.course(now.headSeries(), StorageNight::headSeries),
                before.course(now.blockBytes(), StorageNight::blockBytes),
                before.named(now.seriesByMetric(), StorageNight::seriesByMetric),
                before.named(now.seriesByLabelPair(), StorageNight::seriesByLabelPair),
                before.named(now.valuesByLabel(), StorageNight::valuesByLabel),
                forecast);
    }

    /** What was recorded, and the instant that it is compared at. */
    private record Nights(List<StorageNight> all, Instant at) {

        List<Named> named(List<Count> now, Function<StorageNight, List<Count>> of) {
            return now.stream()
                    .map(count -> new Named(
                            count.name(),
                            course(OptionalLong.of(count.count()), night -> find(of.apply(night), count.name()))))
                    .toList();
        }

        Course course(OptionalLong now, Function<StorageNight, OptionalLong> of) {
            List<Long> course = new ArrayList<>();
            all.stream()
                    .skip(Math.max(0, all.size() - SHOWN))
                    .forEach(night -> course.add(of.apply(night).orElse(-1)));
            course.add(now.orElse(-1));
            return new Course(now, since(DAY, now, of), since(DAY.multipliedBy(7), now, of), course);
        }

        /** Against the night that is nearest to so long ago, by half a day at most. */
        private OptionalLong since(Duration ago, OptionalLong now, Function<StorageNight, OptionalLong> of) {
            Instant then = at.minus(ago);
            Duration nearest = DAY.dividedBy(2).plusSeconds(1);
            OptionalLong value = OptionalLong.empty();
            for (StorageNight night : all) {
                Duration off = Duration.between(night.at(), then).abs();
                if (off.compareTo(nearest) < 0) {
                    nearest = off;
                    value = of.apply(night);
                }
            }
            return now.isPresent() && value.isPresent()
                    ? OptionalLong.of(now.getAsLong() - value.getAsLong())
                    : OptionalLong.empty();
        }

        private static OptionalLong find(List<Count> counts, String name) {
            return counts.stream()
                    .filter(count -> count.name().equals(name))
                    .mapToLong(Count::count)
                    .findFirst();
        }
    }
}
