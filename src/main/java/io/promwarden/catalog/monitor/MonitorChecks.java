package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import java.util.List;

/** The checks of this family. */
public final class MonitorChecks {

    private MonitorChecks() {}

    public static List<Check<?>> all() {
        return List.of(
                new AnnotationIgnored(),
                new BearerTokenFile(),
                new ControlPlaneUnscraped(),
                new DropsEverything(),
                new FieldDropped(),
                new FieldUnknown(),
                new HighCardinalityRelabeling(),
                new HonorLabelsConflict(),
                new InsecureTls(),
                new IntervalUnusual(),
                new MatchesTooMuch(),
                new NotScraped(),
                new Rejected(),
                new ScrapedTwice(),
                new TimeoutExceedsInterval());
    }
}
