package io.promwarden.retention;

/**
 * What one deletion does to a server's disk, once its blocks are rewritten.
 *
 * @param samples that would be deleted
 * @param blocks that would be rewritten; those of several deletions are largely the same
 * @param bytesBack that may come back
 * @param bytesNeeded of free disk space while blocks are rewritten, one at a time
 * @param seconds that rewriting takes
 */
public record Effect(Figure samples, Figure blocks, Figure bytesBack, Figure bytesNeeded, Figure seconds) {

    static Effect unknown(String why) {
        Figure unknown = Figure.unknown(why);
        return new Effect(unknown, unknown, unknown, unknown, unknown);
    }

    Effect withSamples(Figure counted) {
        return new Effect(counted, blocks, bytesBack, bytesNeeded, seconds);
    }
}
