package io.promwarden.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How fast something grows, by the median of the slopes between all pairs of points (Theil and Sen). More than a quarter of
 * the points may be wrong without moving it much. The interval is Sen's, of 90 %, from the ranks of the slopes; it
 * presumes nothing about how the errors are distributed.
 *
 * @param slope per day
 * @param lowest the interval's lower end, per day
 * @param highest its upper end, per day
 * @param step the median of the growth from each point to the next, per day: one jump in the middle makes a slope, but no step
 * @param points how many there were
 * @param span from the first to the last
 */
public record RobustFit(double slope, double lowest, double highest, double step, int points, Duration span) {

    /** With fewer points, the interval of the slope has no ends. */
    public static final int LEAST_POINTS = 5;

    private static final double NORMAL_90 = 1.645;
    private static final double SECONDS_A_DAY = 86_400;

    /** Something measured. */
    public record Point(Instant at, double value) {}

    /** Empty with less than {@link #LEAST_POINTS} points at different times. */
    public static Optional<RobustFit> of(List<Point> measured) {
        List<Point> points = new ArrayList<>(measured);
        points.sort(Comparator.comparing(Point::at));
        double[] slopes = new double[points.size() * Math.max(0, points.size() - 1) / 2];
        double[] steps = new double[Math.max(0, points.size() - 1)];
        int all = 0;
        int next = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double days = days(points.get(i), points.get(j));
                if (days > 0) {
                    double slope = (points.get(j).value() - points.get(i).value()) / days;
                    slopes[all++] = slope;
                    if (j == i + 1) {
                        steps[next++] = slope;
                    }
                }
            }
        }
        if (points.size() < LEAST_POINTS || all < slopes.length) {
            return Optional.empty();
        }
        Arrays.sort(slopes);
        Arrays.sort(steps);
        int n = points.size();
        double half = NORMAL_90 * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18) / 2;
        int low = (int) Math.floor(all / 2.0 - half) - 1;
        int high = (int) Math.ceil(all / 2.0 + half);
        return Optional.of(new RobustFit(
                median(slopes),
                slopes[Math.clamp(low, 0, all - 1)],
                slopes[Math.clamp(high, 0, all - 1)],
                median(steps),
                n,
                Duration.between(points.getFirst().at(), points.getLast().at())));
    }

    /** Whether it grows for sure: neither chance nor a single jump would look like this. */
    public boolean grows() {
        return lowest > 0 && step > 0;
    }

    private static double days(Point from, Point to) {
        return Duration.between(from.at(), to.at()).toSeconds() / SECONDS_A_DAY;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
