package io.promwarden.retention;

import java.util.Optional;

/**
 * What a job says about tombstone compaction.
 *
 * @param minGainPercent a server's blocks are rewritten only if at least so many per cent of their bytes are expected to come
 *     back; 0 for always
 * @param window when it may be begun; empty for at any time
 */
public record CompactionSettings(int minGainPercent, Optional<DailyWindow> window) {

    public static final CompactionSettings USUAL = new CompactionSettings(1, Optional.empty());

    public CompactionSettings {
        if (minGainPercent < 0 || minGainPercent > 100) {
            throw new IllegalArgumentException("no per cent: " + minGainPercent);
        }
    }
}
