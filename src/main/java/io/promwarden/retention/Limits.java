package io.promwarden.retention;

import java.time.Duration;

/**
 * How much one run may delete from one server, and how much it may ask of it. Above a cap nothing is deleted there.
 *
 * @param maxSeries series that all deletions together touch
 * @param maxSeriesPercent the same as per cent of all series that the server holds, 1 to 100
 * @param maxBlocks blocks that would be rewritten
 * @param queryBudget samples that plan and proof together may have the server read; what lies beyond is estimated, and said
 *     to be
 * @param freshFor how old a plan may be when it is carried out
 */
public record Limits(long maxSeries, int maxSeriesPercent, long maxBlocks, long queryBudget, Duration freshFor) {

    public static final Limits USUAL = new Limits(100_000, 25, 500, 2_000_000_000L, Duration.ofHours(24));

    public Limits {
        if (maxSeries < 1 || maxBlocks < 1 || queryBudget < 1) {
            throw new IllegalArgumentException(
                    "a limit below one: " + maxSeries + ", " + maxBlocks + ", " + queryBudget);
        }
        if (maxSeriesPercent < 1 || maxSeriesPercent > 100) {
            throw new IllegalArgumentException("no per cent: " + maxSeriesPercent);
        }
        if (!freshFor.isPositive()) {
            throw new IllegalArgumentException("a plan that is never fresh: " + freshFor);
        }
    }

    public Limits withMaxSeries(long series) {
        return new Limits(series, maxSeriesPercent, maxBlocks, queryBudget, freshFor);
    }

    public Limits withMaxSeriesPercent(int percent) {
        return new Limits(maxSeries, percent, maxBlocks, queryBudget, freshFor);
    }

    public Limits withMaxBlocks(long blocks) {
        return new Limits(maxSeries, maxSeriesPercent, blocks, queryBudget, freshFor);
    }

    public Limits withQueryBudget(long samples) {
        return new Limits(maxSeries, maxSeriesPercent, maxBlocks, samples, freshFor);
    }

    public Limits withFreshFor(Duration age) {
        return new Limits(maxSeries, maxSeriesPercent, maxBlocks, queryBudget, age);
    }
}
