package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.Block;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.retention.RetentionPlan.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether all deletions of one server together stay below what the job allows. */
final class PlanCaps {

    /** A server with more series in its head is not asked to count those of its blocks as well. */
    private static final long SMALL_HEAD = 200_000;

    private final Limits limits;
    private final StoredSamples stored;
    private final Answer<List<Block>> blocks;
    private final Answer<OwnMetrics> own;

    PlanCaps(Limits limits, StoredSamples stored, Answer<List<Block>> blocks, Answer<OwnMetrics> own) {
        this.limits = limits;
        this.stored = stored;
        this.blocks = blocks;
        this.own = own;
    }

    /** Notes what the deletions touch, and what is too much. */
    void apply(PlanDraft draft) {
        List<PlannedDeletion> deletions = draft.deletions();
        if (deletions.isEmpty()) {
            return;
        }
        long planned = deletions.stream().mapToLong(PlannedDeletion::series).sum();
        RewriteCost cost = new RewriteCost(blocks, own);
        Instant start = deletions.stream()
                .map(PlannedDeletion::start)
                .min(Instant::compareTo)
                .orElseThrow();
        Instant end = deletions.stream()
                .map(PlannedDeletion::end)
                .max(Instant::compareTo)
                .orElseThrow();
        Figure affected = cost.affected(start, end);
        Figure held = held(planned, end);
        draft.totals(new Totals(held, affected, cost.bytes()));
        if (planned > limits.maxSeries()) {
            draft.refuse(new Refusal(
                    "above-series-cap",
                    "the plan touches " + planned + " series, and the job allows " + limits.maxSeries(),
                    "Make the selectors narrower, or raise maxSeries once you have read the plan."));
        }
        share(planned, held).ifPresent(draft::refuse);
        blocks(affected).ifPresent(draft::refuse);
    }

    private Optional<Refusal> share(long planned, Figure held) {
        if (limits.maxSeriesPercent() >= 100) {
            return Optional.empty();
        }
        if (!held.known()) {
            return Optional.of(new Refusal(
                    "all-series-unknown",
                    "how many series it holds in all is not known: " + held.how(),
                    "Make it answer, or set maxSeriesPercent: 100 once you have read the plan."));
        }
        if (planned * 100 <= held.high() * limits.maxSeriesPercent()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "above-series-percent",
                "the plan touches " + planned + " series, more than " + limits.maxSeriesPercent() + " % of the "
                        + held.high() + " that are known (" + held.how() + ")",
                "Make the selectors narrower, or raise maxSeriesPercent once you have read the plan."));
    }

    private Optional<Refusal> blocks(Figure affected) {
        if (!affected.known()) {
            return Optional.of(new Refusal(
                    "blocks-unknown",
                    "how many blocks would be rewritten is not known: " + affected.how(),
                    "Make its /metrics answer; what is not known is refused."));
        }
        return affected.high() <= limits.maxBlocks()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "above-block-cap",
                        "up to " + affected.high() + " blocks would be rewritten, and the job allows "
                                + limits.maxBlocks() + " (" + affected.how() + ")",
                        "Make the selectors narrower, or raise maxBlocks once you have read the plan."));
    }

    /** Series of the head or, where that says too little, of what else can be had cheaply. Never too many. */
    private Figure held(long planned, Instant end) {
        long head = own.value()
                .map(metrics ->
                        (long) metrics.sum("prometheus_tsdb_head_series").orElse(-1))
                .orElse(-1L);
        Figure best = head < 0
                ? Figure.unknown("its own metrics do not tell")
                : Figure.estimate(head, "those of the head block");
        if (enough(planned, best)) {
            return best;
        }
        Optional<Long> inOneBlock =
                blocks.value().flatMap(all -> all.stream().map(Block::series).max(Long::compare));
        best = larger(best, inOneBlock, "those of the block that has most");
        if (enough(planned, best) || head >= SMALL_HEAD) {
            return best;
        }
        Answer<Long> then = stored.seriesAt("{__name__!=\"\"}", end);
        return larger(best, then.value(), "those with a sample at the end of the range");
    }

    private boolean enough(long planned, Figure held) {
        return held.known() && planned * 100 <= held.high() * limits.maxSeriesPercent();
    }

    private static Figure larger(Figure best, Optional<Long> other, String how) {
        return other.filter(count -> count > best.high())
                .map(count -> Figure.estimate(count, how))
                .orElse(best);
    }
}
