package io.promwarden.check;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.RememberedServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.TargetsSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * All that checks may look at in one cluster. Every server is asked each thing once, whoever asks first; what several
 * checks derive from it is made once, too.
 */
public final class Evidence {

    /** Queries that all checks together may put to one cluster's servers. */
    static final int MOST_QUESTIONS = 2_000;

    private static final String NO_NIGHTS = "there is no store with what past nights recorded";

    private final String cluster;
    private final Optional<ClusterInventory> inventory;
    private final ReferencedData references;
    private final Servers<MetricsServer> metrics;
    private final Servers<AlertServer> alerts;
    private final RecordedNights nights;
    private final Optional<Duration> everything;
    private final Instant at;
    private final Map<Question, Answer<List<Sample>>> answers = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();
    private final ReentrantLock deriving = new ReentrantLock();

    /**
     * What is known of a cluster.
     *
     * @param inventory empty when the job names only URLs: checks that need Kubernetes are then no part of the run
     * @param at the instant that all is judged at: now, or the time of a capture
     */
    public Evidence(
            String cluster,
            Optional<ClusterInventory> inventory,
            Servers<MetricsServer> metrics,
            Servers<AlertServer> alerts,
            Instant at) {
        this(
                cluster,
                inventory,
                ReferencedData.unread(ReferencedData.NOT_ALLOWED),
                metrics,
                alerts,
                RecordedNights.none(NO_NIGHTS),
                Optional.empty(),
                at);
    }

    /**
     * The same, with what may be known of Secrets and ConfigMaps and of past nights, and what the job wants.
     *
     * @param references answers to questions; never values
     * @param nights what runs before this one recorded
     * @param everything for how long the job says that every sample is to be kept
     */
    public Evidence(
            String cluster,
            Optional<ClusterInventory> inventory,
            ReferencedData references,
            Servers<MetricsServer> metrics,
            Servers<AlertServer> alerts,
            RecordedNights nights,
            Optional<Duration> everything,
            Instant at) {
        this.cluster = cluster;
        this.inventory = inventory;
        this.references = references;
        List<MetricsServer> remembered = new ArrayList<>();
        metrics.answering().forEach(server -> remembered.add(RememberedServer.of(server)));
        this.metrics = new Servers<>(remembered, metrics.unreached());
        this.alerts = alerts;
        this.nights = nights;
        this.everything = everything;
        this.at = at;
    }

    public String cluster() {
        return cluster;
    }

    public Optional<ClusterInventory> inventory() {
        return inventory;
    }

    /** What Kubernetes declares, for checks that need some of it and are therefore only asked where it is there. */
    public ClusterInventory declared() {
        return inventory.orElseThrow(
                () -> new IllegalStateException("a check that states no such need asks Kubernetes"));
    }

    /** What may be known of the Secrets and ConfigMaps that objects refer to. */
    public ReferencedData references() {
        return references;
    }

    /** Every Prometheus; its answers are remembered. */
    public Servers<MetricsServer> metrics() {
        return metrics;
    }

    public Servers<AlertServer> alerts() {
        return alerts;
    }

    /** What runs before this one recorded. */
    public RecordedNights nights() {
        return nights;
    }

    /** For how long the job says that every sample is to be kept; empty where it says nothing. */
    public Optional<Duration> everything() {
        return everything;
    }

    public Instant at() {
        return at;
    }

    public Optional<MetricsServer> server(ServerId id) {
        return metrics.answering().stream()
                .filter(server -> server.id().equals(id))
                .findFirst();
    }

    /** All active targets, by pod and by address. */
    public TargetsSeen targets() {
        return derived(TargetsSeen.class, evidence -> TargetsSeen.of(evidence.metrics()));
    }

    /** The answer to a question that the check has asked before; unknown if it has not, or was one too many. */
    public Answer<List<Sample>> answer(Question question) {
        return answers.getOrDefault(question, Answer.unknown("not asked: more than " + MOST_QUESTIONS + " queries"));
    }

    /** Something that several checks derive from the evidence; made once. It may derive other things in turn. */
    public <T> T derived(Class<T> type, Function<Evidence, T> make) {
        deriving.lock();
        try {
            Object known = derived.get(type);
            if (known == null) {
                known = make.apply(this);
                derived.put(type, known);
            }
            return type.cast(known);
        } finally {
            deriving.unlock();
        }
    }

    /** Asks every server for these things at once, within what each server is allowed to be asked. */
    void fetch(Set<Need> needs) {
        List<Callable<Object>> tasks = new ArrayList<>();
        for (MetricsServer server : metrics.answering()) {
            needs.stream().filter(need -> !need.ofKubernetes()).forEach(need -> tasks.add(() -> need.of(server)));
        }
        all(tasks);
    }

    /** Puts questions that were not put before, until the cap is reached. */
    void ask(Collection<Question> questions) {
        List<Callable<Object>> tasks = new ArrayList<>();
        int room = MOST_QUESTIONS - answers.size();
        for (Question question : Set.copyOf(questions)) {
            if (room > 0 && !answers.containsKey(question)) {
                room--;
                tasks.add(() -> answers.computeIfAbsent(question, this::put));
            }
        }
        all(tasks);
    }

    private Answer<List<Sample>> put(Question question) {
        return server(question.server())
                .map(server -> server.query(question.expression(), at))
                .orElseGet(() -> Answer.unknown(question.server().text() + " was not reached"));
    }

    private static void all(List<Callable<Object>> tasks) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a server adapter threw instead of answering", e.getCause());
        }
    }
}
