package io.promwarden.observation;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server whose answers are fetched once and then remembered, an unknown one too; whoever asks second while the first
 * is still waiting waits with him. For reads that describe one moment; what changes while a run looks (readiness, time)
 * is asked anew each time.
 */
public final class RememberedServer implements MetricsServer {

    private final MetricsServer server;
    private final Once<Answer<BuildInfo>> buildInfo;
    private final Once<Answer<Map<String, String>>> flags;
    private final Once<Answer<RuntimeInfo>> runtimeInfo;
    private final Once<Answer<Targets>> targets;
    private final Once<Answer<List<RuleGroup>>> ruleGroups;
    private final Once<Answer<OwnMetrics>> ownMetrics;
    private final Once<Answer<ScrapeConfiguration>> configuration;
    private final Once<Answer<HeadStatistics>> headStatistics;
    private final Once<Answer<List<Block>>> blocks;
    private final Map<Query, Once<Answer<List<Sample>>>> queries = new ConcurrentHashMap<>();

    private record Query(String expression, Instant at) {}

    private RememberedServer(MetricsServer server) {
        this.server = server;
        this.buildInfo = new Once<>(server::buildInfo);
        this.flags = new Once<>(server::flags);
        this.runtimeInfo = new Once<>(server::runtimeInfo);
        this.targets = new Once<>(server::targets);
        this.ruleGroups = new Once<>(server::ruleGroups);
        this.ownMetrics = new Once<>(server::ownMetrics);
        this.configuration = new Once<>(server::configuration);
        this.headStatistics = new Once<>(server::headStatistics);
        this.blocks = new Once<>(server::blocks);
    }

    /** The server with a memory; itself, if it has one already. */
    public static RememberedServer of(MetricsServer server) {
        return server instanceof RememberedServer remembered ? remembered : new RememberedServer(server);
    }

    @Override
    public ServerId id() {
        return server.id();
    }

    @Override
    public Answer<BuildInfo> buildInfo() {
        return buildInfo.value();
    }

    @Override
    public Answer<Map<String, String>> flags() {
        return flags.value();
    }

    @Override
    public Answer<RuntimeInfo> runtimeInfo() {
        return runtimeInfo.value();
    }

    @Override
    public Answer<Boolean> ready() {
        return server.ready();
    }

    @Override
    public Answer<Targets> targets() {
        return targets.value();
    }

    @Override
    public Answer<List<RuleGroup>> ruleGroups() {
        return ruleGroups.value();
    }

    @Override
    public Answer<OwnMetrics> ownMetrics() {
        return ownMetrics.value();
    }

    @Override
    public Answer<Instant> time() {
        return server.time();
    }

    @Override
    public Answer<List<Sample>> query(String expression, Instant at) {
        return queries.computeIfAbsent(
                        new Query(expression, at), key -> new Once<>(() -> server.query(key.expression(), key.at())))
                .value();
    }

    @Override
    public Answer<List<Labels>> series(String selector, Instant start, Instant end) {
        return server.series(selector, start, end);
    }

    @Override
    public Answer<List<String>> metricNames(Instant start, Instant end) {
        return server.metricNames(start, end);
    }

    @Override
    public Answer<ScrapeConfiguration> configuration() {
        return configuration.value();
    }

    @Override
    public Answer<HeadStatistics> headStatistics() {
        return headStatistics.value();
    }

    @Override
    public Answer<List<Block>> blocks() {
        return blocks.value();
    }

    /** A value that is made when it is first wanted. A lock and not {@code synchronized}: it is held while waiting. */
    private static final class Once<T> {
        private final Supplier<T> make;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable T made;

        Once(Supplier<T> make) {
            this.make = make;
        }

        T value() {
            lock.lock();
            try {
                T value = made;
                if (value == null) {
                    value = make.get();
                    made = value;
                }
                return value;
            } finally {
                lock.unlock();
            }
        }
    }
}
