package io.promwarden.observation;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One Prometheus process, read only. Every method may block for as long as its time-outs and retries allow; nothing is
 * thrown for what can go wrong in the world.
 */
public interface MetricsServer {

    ServerId id();

    /** From {@code /api/v1/status/buildinfo}. */
    Answer<BuildInfo> buildInfo();

    /** From {@code /api/v1/status/flags}: flag names without dashes in front, e.g. {@code web.enable-admin-api}. */
    Answer<Map<String, String>> flags();

    /** From {@code /api/v1/status/runtimeinfo}. */
    Answer<RuntimeInfo> runtimeInfo();

    /** From {@code /-/ready}: known true or false; unknown when nobody answered. */
    Answer<Boolean> ready();

    /** Active and dropped targets, from {@code /api/v1/targets}. */
    Answer<Targets> targets();

    /** From {@code /api/v1/rules}. */
    Answer<List<RuleGroup>> ruleGroups();

    /** The server's own {@code /metrics}: what it says of itself, whether or not anybody scrapes it. */
    Answer<OwnMetrics> ownMetrics();

    /** The server's {@code time()}. */
    Answer<Instant> time();

    /** An instant query that gives a vector or a scalar. */
    Answer<List<Sample>> query(String expression, Instant at);

    /** The label sets of all series that a selector matches within a range, from {@code /api/v1/series}. */
    Answer<List<Labels>> series(String selector, Instant start, Instant end);

    /**
     * The names of the metrics that have samples about then, in alphabetical order, from
     * {@code /api/v1/label/__name__/values}: by the blocks that overlap the range, so some may be just outside of it.
     */
    Answer<List<String>> metricNames(Instant start, Instant end);

    /** The source labels that some scrape configuration's relabeling reads, from {@code /api/v1/status/config}. */
    Answer<ScrapeConfiguration> configuration();

    /** What the head block holds, and what most of it is, from {@code /api/v1/status/tsdb}. */
    Answer<HeadStatistics> headStatistics();

    /**
     * All blocks on disk, the oldest first, from {@code /api/v1/status/tsdb/blocks}: Prometheus 3.6 or later. Unknown
     * where the version has no such call.
     */
    Answer<List<Block>> blocks();
}
