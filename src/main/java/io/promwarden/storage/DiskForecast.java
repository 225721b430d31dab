package io.promwarden.storage;

import io.promwarden.observation.DiskUse;
import io.promwarden.observation.StorageNight;
import io.promwarden.observation.VolumeStats;
import io.promwarden.storage.RobustFit.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a volume will be full, if it goes on as in the last two weeks. Each day stands for the most that it used, so that
 * compactions, which take room and give it back, are no growth.
 *
 * @param left days until then at the growth that the fit gives
 * @param earliest days until then at the upper end of its interval
 * @param latest days until then at the lower end
 * @param growth of the volume's use, in bytes a day
 * @param fromSamples days that the server's own series told
 * @param fromNights days that only earlier nights tell
 */
public record DiskForecast(
        double left,
        double earliest,
        double latest,
        double growth,
        double lowestGrowth,
        double highestGrowth,
        int fromSamples,
        int fromNights) {

    /** Days that the query looks back, besides the last. */
    public static final int DAYS_ASKED = 7;

    private static final Duration RECENT = Duration.ofDays(14);

    /** Less time than this is left: whether it went down again in earlier months doesn't matter. */
    private static final double SOON = 3;

    /**
     * A forecast; empty where the use does not grow for sure, where too little is known, or where what it is now has been
     * there before and went down again.
     *
     * @param nights what was recorded before
     */
    public static Optional<DiskForecast> of(VolumeStats now, List<StorageNight> nights, Instant at) {
        List<Point> points = new ArrayList<>();
        now.peaks().forEach((day, peak) -> points.add(new Point(at.minus(Duration.ofDays(day)), peak)));
        int fromSamples = points.size();
        Instant oldest = points.stream().map(Point::at).min(Instant::compareTo).orElse(at);
        double before = 0;
        for (StorageNight night : nights) {
            Optional<DiskUse> disk = night.disk();
            if (disk.isEmpty() || disk.get().peakBytes().isEmpty()) {
                continue;
            }
            double peak = disk.get().peakBytes().getAsLong();
            if (night.at().isBefore(at.minus(RECENT))) {
                before = Math.max(before, peak);
            } else if (night.at().isBefore(oldest.minus(Duration.ofHours(12)))) {
                points.add(new Point(night.at(), peak));
            }
        }
        int fromNights = points.size() - fromSamples;
        double room = now.usedBytes() + now.availableBytes() - now.latelyBytes();
        double reached = before;
        return RobustFit.of(points)
                .filter(RobustFit::grows)
                .map(fit -> new DiskForecast(
                        Math.max(0, room / fit.slope()),
                        Math.max(0, room / fit.highest()),
                        Math.max(0, room / fit.lowest()),
                        fit.slope(),
                        fit.lowest(),
                        fit.highest(),
                        fromSamples,
                        fromNights))
                .filter(forecast -> reached < now.latelyBytes() || forecast.left() <= SOON);
    }
}
