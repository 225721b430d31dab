package io.promwarden.observation;

import java.util.OptionalLong;

/**
 * A volume that a server's data is on, as the kubelet sees it.
 *
 * @param usedBytes by all that is on it
 * @param availableBytes what may still be written
 * @param peakBytes the most that was used in the 24 hours before; empty if there are no samples of them
 */
public record DiskUse(long usedBytes, long availableBytes, OptionalLong peakBytes) {

    /** Bytes that can be used at most; some file systems keep a reserve beyond them. */
    public long size() {
        return usedBytes + availableBytes;
    }
}
