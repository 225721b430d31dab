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
 * Asks each question once, however many ask it, and at the same time; what could not be answered is not asked again
 * either. For one run's reading steps only: whoever changes a server, or waits for it, has to ask the server itself.
 */
public final class MemoisedMetricsServer implements MetricsServer {

    private final MetricsServer server;
    private final Once<BuildInfo> buildInfo;
    private final Once<Map<String, String>> flags;
    private final Once<RuntimeInfo> runtimeInfo;
    private final Once<Boolean> ready;
    private final Once<Targets> targets;
    private final Once<List<RuleGroup>> ruleGroups;
    private final Once<OwnMetrics> ownMetrics;
    private final Once<Instant> time;
    private final Once<ScrapeConfiguration> configuration;
    private final Map<Query, Once<List<Sample>>> queries = new ConcurrentHashMap<>();
    private final Map<Selection, Once<List<Labels>>> series = new ConcurrentHashMap<>();

    private record Query(String expression, Instant at) {}

    private record Selection(String selector, Instant start, Instant end) {}

    public MemoisedMetricsServer(MetricsServer server) {
        this.server = server;
        this.buildInfo = new Once<>(server::buildInfo);
        this.flags = new Once<>(server::flags);
        this.runtimeInfo = new Once<>(server::runtimeInfo);
        this.ready = new Once<>(server::ready);
        this.targets = new Once<>(server::targets);
        this.ruleGroups = new Once<>(server::ruleGroups);
        this.ownMetrics = new Once<>(server::ownMetrics);
        this.time = new Once<>(server::time);
        this.configuration = new Once<>(server::configuration);
    }

    @Override
    public ServerId id() {
        return server.id();
    }

    @Override
    public Answer<BuildInfo> buildInfo() {
        return buildInfo.answer();
    }

    @Override
    public Answer<Map<String, String>> flags() {
        return flags.answer();
    }

    @Override
    public Answer<RuntimeInfo> runtimeInfo() {
        return runtimeInfo.answer();
    }

    @Override
    public Answer<Boolean> ready() {
        return ready.answer();
    }

    @Override
    public Answer<Targets> targets() {
        return targets.answer();
    }

    @Override
    public Answer<List<RuleGroup>> ruleGroups() {
        return ruleGroups.answer();
    }

    @Override
    public Answer<OwnMetrics> ownMetrics() {
        return ownMetrics.answer();
    }

    @Override
    public Answer<Instant> time() {
        return time.answer();
    }

    @Override
    public Answer<List<Sample>> query(String expression, Instant at) {
        return queries.computeIfAbsent(
                        new Query(expression, at), query -> new Once<>(() -> server.query(expression, at)))
                .answer();
    }

    @Override
    public Answer<List<Labels>> series(String selector, Instant start, Instant end) {
        return series.computeIfAbsent(
                        new Selection(selector, start, end),
                        selection -> new Once<>(() -> server.series(selector, start, end)))
                .answer();
    }

    @Override
    public Answer<ScrapeConfiguration> configuration() {
        return configuration.answer();
    }

    /** One question's answer. Those who come while it is asked wait for it; other questions don't. */
    private static final class Once<T> {
        private final ReentrantLock lock = new ReentrantLock();
        private final Supplier<Answer<T>> question;
        private @Nullable Answer<T> answer;

        Once(Supplier<Answer<T>> question) {
            this.question = question;
        }

        Answer<T> answer() {
            lock.lock();
            try {
                Answer<T> known = answer;
                if (known == null) {
                    known = question.get();
                    answer = known;
                }
                return known;
            } finally {
                lock.unlock();
            }
        }
    }
}
