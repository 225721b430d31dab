package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import java.util.List;

/** The checks of this family. */
public final class PrometheusChecks {

    private PrometheusChecks() {}

    public static List<Check<?>> all() {
        return List.of(
                new FeatureFlagObsolete(),
                new NoResourceLimits(),
                new RemoteWriteFailing(),
                new RetentionUnset(),
                new SelectorsNil(),
                new SelectsNothing(),
                new SingleReplica());
    }
}
