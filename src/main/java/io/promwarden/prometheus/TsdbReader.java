package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.observation.Block;
import io.promwarden.observation.Count;
import io.promwarden.observation.HeadStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what a server says of its storage. Its times are milliseconds since the epoch. */
final class TsdbReader {

    /** The year 9999: what is later is no time but the largest integer, which an empty head gives. */
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;

    /** More is not asked for, whatever the server sends. */
    static final int LONGEST_LIST = 20;

    private TsdbReader() {}

    static Answer<HeadStatistics> head(JsonNode data) {
        JsonNode head = data.path("headStats");
        // A head of no series is an answer, but one without the number is none.
        if (!head.path("numSeries").isNumber()) {
            return Answer.unknown("the server tells nothing of its head block: is this a Prometheus?");
        }
        Optional<Instant> minTime = instant(head.path("minTime"));
        Optional<Instant> maxTime = instant(head.path("maxTime"));
        boolean samples =
                minTime.isPresent() && maxTime.isPresent() && !maxTime.get().isBefore(minTime.get());
        return Answer.known(new HeadStatistics(
                head.path("numSeries").asLong(0),
                head.path("numLabelPairs").asLong(0),
                head.path("chunkCount").asLong(0),
                samples ? minTime : Optional.empty(),
                samples ? maxTime : Optional.empty(),
                counts(data.path("seriesCountByMetricName")),
                counts(data.path("seriesCountByLabelValuePair")),
                counts(data.path("labelValueCountByLabelName")),
                counts(data.path("memoryInBytesByLabelName"))));
    }

    /** Blocks, the oldest first. One that can't be read makes the whole unknown: a gap would look like lost data. */
    static Answer<List<Block>> blocks(JsonNode data) {
        JsonNode list = data.path("blocks");
        if (list.isNull()) {
            return Answer.known(List.of());
        }
        if (!list.isArray()) {
            return Answer.unknown("the answer holds no list of blocks");
        }
        List<Block> blocks = new ArrayList<>();
        for (JsonNode element : list) {
            Optional<Block> block = block(element);
            if (block.isEmpty()) {
                return Answer.unknown("the answer holds a block without a name or a time");
            }
            blocks.add(block.get());
        }
        blocks.sort((one, other) -> {
            int byStart = one.minTime().compareTo(other.minTime());
            return byStart != 0 ? byStart : one.ulid().compareTo(other.ulid());
        });
        return Answer.known(List.copyOf(blocks));
    }

    private static Optional<Block> block(JsonNode element) {
        String ulid = element.path("ulid").asString("");
        Optional<Instant> minTime = instant(element.path("minTime"));
        Optional<Instant> maxTime = instant(element.path("maxTime"));
        if (ulid.isEmpty() || minTime.isEmpty() || maxTime.isEmpty()) {
            return Optional.empty();
        }
        JsonNode stats = element.path("stats");
        return Optional.of(new Block(
                ulid,
                minTime.get(),
                maxTime.get(),
                stats.path("numSeries").asLong(0),
                stats.path("numSamples").asLong(0),
                stats.path("numChunks").asLong(0),
                stats.path("numTombstones").asLong(0),
                element.path("compaction").path("level").asInt(0)));
    }

    private static List<Count> counts(JsonNode list) {
        List<Count> counts = new ArrayList<>();
        for (JsonNode element : list) {
            if (counts.size() < LONGEST_LIST) {
                counts.add(new Count(
                        Redaction.text(element.path("name").asString("")),
                        element.path("value").asLong(0)));
            }
        }
        return counts;
    }

    private static Optional<Instant> instant(JsonNode milliseconds) {
        if (!milliseconds.isNumber()) {
            return Optional.empty();
        }
        long value = milliseconds.asLong(Long.MAX_VALUE);
        return Math.abs(value) > LAST_MILLISECOND || value == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(value));
    }
}
