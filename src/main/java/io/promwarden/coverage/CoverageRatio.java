package io.promwarden.coverage;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * Covered out of what counts. What is idle, exempt or not measured counts on neither side.
 *
 * @param covered fully covered entries
 * @param counted entries that count
 */
public record CoverageRatio(int covered, int counted, int idle, int exempt, int notMeasured) {

    public static CoverageRatio of(Collection<Coverage.Entry> entries) {
        int covered = 0;
        int counted = 0;
        int idle = 0;
        int exempt = 0;
        int notMeasured = 0;
        for (Coverage.Entry entry : entries) {
            switch (entry.state()) {
                case COVERED -> {
                    covered++;
                    counted++;
                }
                case PARTLY, DOWN, UNCOVERED -> counted++;
                case IDLE -> idle++;
                case EXEMPT -> exempt++;
                case NOT_MEASURED -> notMeasured++;
            }
        }
        return new CoverageRatio(covered, counted, idle, exempt, notMeasured);
    }

    /** 0 to 1; empty when nothing counts, which is not the same as 1. */
    public OptionalDouble ratio() {
        return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) covered / counted);
    }
}
