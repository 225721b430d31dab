package io.promwarden.retention;

import java.util.List;

/** What a test's job says: room enough on the disk, and no cap but the one on series. */
final class TestSettings {

    private TestSettings() {}

    static RetentionSettings of(
            List<RetentionPolicy> policies, boolean apply, List<String> applyTo, List<String> protect, long maxSeries) {
        return RetentionSettings.of(policies, apply, applyTo, protect)
                .withLimits(Limits.USUAL.withMaxSeries(maxSeries).withMaxSeriesPercent(100))
                .withFreeSpace("vector(1e15)");
    }
}
