package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.Block;
import java.util.Comparator;
import java.util.List;

/**
 * Whether blocks overlap. Before 3.6 a server doesn't list its blocks; there, that it had to merge overlapping ones in the
 * last day stands for it.
 */
final class BlockOverlap {

    private static final String REMEDY =
            "Wait until it has merged them, and see what makes them: a back-fill, out-of-order samples, a copied block.";

    private BlockOverlap() {}

    static List<Refusal> refusals(PodObservations seen) {
        return switch (seen.condition().blocks()) {
            case Answer.Known<List<Block>> known -> among(known.known());
            case Answer.Unknown<List<Block>> ignored ->
                switch (seen.condition().lastDay(LastDay.VERTICAL_COMPACTIONS)) {
                    case Answer.Known<Double> merged ->
                        merged.known() > 0
                                ? List.of(new Refusal(
                                        "blocks-overlap",
                                        "it merged overlapping blocks in the last 24 h ("
                                                + merged.known().longValue() + ")",
                                        REMEDY))
                                : List.of();
                    case Answer.Unknown<Double> unknown ->
                        List.of(new Refusal(
                                "overlap-unknown",
                                "whether its blocks overlap is not known: " + unknown.why(),
                                "Let this Prometheus scrape itself, or restart it and wait a day."));
                };
        };
    }

    private static List<Refusal> among(List<Block> blocks) {
        List<Block> inOrder = blocks.stream()
                .sorted(Comparator.comparing(Block::minTime).thenComparing(Block::maxTime))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).minTime().isBefore(inOrder.get(i - 1).maxTime())) {
                return List.of(new Refusal(
                        "blocks-overlap",
                        "its blocks " + inOrder.get(i - 1).ulid() + " and "
                                + inOrder.get(i).ulid() + " overlap",
                        REMEDY));
            }
        }
        return List.of();
    }
}
