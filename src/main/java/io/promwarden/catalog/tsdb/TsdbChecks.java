package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import java.util.List;

/** The checks of this family. */
public final class TsdbChecks {

    private TsdbChecks() {}

    public static List<Check<?>> all() {
        return List.of(
                new CardinalityGrowing(),
                new CompactionFailing(),
                new DiskFullSoon(),
                new RetentionBeyondDisk(),
                new RetentionLongerThanPolicy(),
                new SnapshotLeftBehind(),
                new TombstonesPending());
    }
}
