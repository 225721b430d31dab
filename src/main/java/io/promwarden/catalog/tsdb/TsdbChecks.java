package io.promwarden.catalog.tsdb;

import io.promwarden.check.Check;
import java.util.List;

/** The checks of this family. */
public final class TsdbChecks {

    private TsdbChecks() {}

    public static List<Check<?>> all() {
        return List.of(
                new AdminApiExposed(),
                new BlocksOverlap(),
                new CardinalityGrowing(),
                new ChurnHigh(),
                new CompactionFailing(),
                new DiskFullSoon(),
                new HeadStuck(),
                new KnownBug(),
                new LabelExplosion(),
                new OutOfOrderRejected(),
                new ReplicasDisagree(),
                new RetentionBeyondDisk(),
                new RetentionLongerThanPolicy(),
                new RetentionSizeIgnored(),
                new SnapshotLeftBehind(),
                new TombstonesPending(),
                new WalCorrupted(),
                new WalGrowing());
    }
}
