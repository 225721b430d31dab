package io.promwarden.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.finding.Severity;
import io.promwarden.finding.Subject;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.manifests.ManifestSource;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RememberedServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Targets;
import io.promwarden.testing.written.AnswersFile;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CheckRunnerTest {

    private static final Instant AT = Instant.parse("2026-11-22T02:10:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private static final Subjects<Integer> NUMBERS = new Subjects<>(
            Set.of(),
            evidence -> Answer.known(IntStream.range(0, 10_000).boxed()),
            (evidence, number) -> new Subject(evidence.cluster(), "Number", "", String.valueOf(number)));

    /** Needs targets and asks one query per subject. */
    private record Curious(Set<Need> needs) implements Check<Integer> {
        @Override
        public Subjects<Integer> subject() {
            return NUMBERS;
        }

        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public List<Question> asks(Integer subject, Evidence evidence) {
            return evidence.metrics().answering().stream()
                    .map(server -> new Question(server.id(), "q" + subject))
                    .toList();
        }

        @Override
        public Inspection inspect(Integer subject, Evidence evidence) {
            Optional<String> unknown = evidence.metrics().answering().stream()
                    .flatMap(server -> evidence.answer(new Question(server.id(), "q" + subject)).reason().stream())
                    .findFirst();
            return unknown.map(Inspection::notRun).orElseGet(Inspection::clean);
        }
    }

    private record Plain(Set<Need> needs) implements Check<Integer> {
        @Override
        public Subjects<Integer> subject() {
            return NUMBERS;
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public Inspection inspect(Integer subject, Evidence evidence) {
            return subject % 5_000 == 0
                    ? Inspection.found(on(subject, evidence).say("it ends with many zeros"))
                    : Inspection.clean();
        }
    }

    @Test
    void an_id_comes_from_the_class_and_its_package() {
        assertThat(new Curious(Set.of()).id()).hasToString("check/curious");
    }

    @Test
    void a_server_is_asked_each_thing_once_however_many_checks_need_it() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        Evidence evidence = evidence(Optional.empty(), Servers.of(List.of(counting(asked))));

        List<Check<?>> checks = List.of(
                new Plain(Set.of(Need.TARGETS)),
                new Plain(Set.of(Need.TARGETS, Need.OWN_METRICS)),
                new Plain(Set.of()));
        CheckResults results = run(checks, evidence);
        evidence.targets();

        assertThat(asked).containsOnlyKeys("targets", "ownMetrics");
        assertThat(asked.values()).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(results.subjects()).isEqualTo(30_000);
        assertThat(results.findings()).hasSize(6);
    }

    @Test
    void ten_thousand_subjects_with_one_cause_give_one_line_and_queries_end_at_their_cap() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        Evidence evidence = evidence(Optional.empty(), Servers.of(List.of(counting(asked))));

        CheckResults results = run(List.of(new Curious(Set.of())), evidence);

        assertThat(asked.get("query")).hasValue(Evidence.MOST_QUESTIONS);
        assertThat(results.subjects()).isEqualTo(Evidence.MOST_QUESTIONS);
        assertThat(results.notRun())
                .containsExactly(new NotRun("prod", "check/curious", "not asked: more than 2000 queries"));
    }

    @Test
    void what_needs_kubernetes_is_no_part_of_a_run_without_it() {
        CheckResults results = run(
                List.of(new Plain(Set.of(Need.PODS)), new Plain(Set.of())), evidence(Optional.empty(), Servers.none()));

        assertThat(results.checks()).isEqualTo(1);
        assertThat(results.notRun()).isEmpty();
    }

    @Test
    void a_check_without_a_server_to_ask_is_not_run() {
        CheckResults results = run(List.of(new Plain(Set.of(Need.RULES))), evidence(Optional.empty(), Servers.none()));

        assertThat(results.subjects()).isZero();
        assertThat(results.notRun())
                .extracting(NotRun::reason)
                .containsExactly("no Prometheus server was found to ask");
    }

    @Test
    void a_kind_that_may_not_be_listed_is_told_and_what_does_not_need_it_goes_on() {
        ClusterInventory declared = ClusterInventory.read("prod", new ManifestSource(List.of(), "default"));
        ClusterInventory refused = new ClusterInventory(
                "prod",
                declared.namespaces(),
                declared.services(),
                declared.endpointSlices(),
                Answer.unknown("403: pods is forbidden"),
                declared.workloads(),
                declared.volumeClaims(),
                declared.prometheuses(),
                declared.alertmanagers(),
                declared.serviceMonitors(),
                declared.podMonitors(),
                declared.probes(),
                declared.scrapeConfigs(),
                declared.access(),
                declared.crds(),
                declared.operatorEvents());

        CheckResults results = run(
                List.of(new Plain(Set.of(Need.PODS)), new Plain(Set.of(Need.SERVICES))),
                evidence(Optional.of(refused), Servers.none()));

        assertThat(results.notRun()).extracting(NotRun::reason).containsExactly("pods: 403: pods is forbidden");
        assertThat(results.subjects()).isEqualTo(10_000);
    }

    @Test
    void a_stop_ends_the_run_between_two_subjects_and_says_so() {
        AtomicInteger subjects = new AtomicInteger();

        CheckResults results = new CheckRunner(List.of(new Plain(Set.of())))
                .run(
                        evidence(Optional.empty(), Servers.none()),
                        List.of(),
                        TODAY,
                        () -> subjects.incrementAndGet() > 100);

        assertThat(results.subjects()).isEqualTo(100);
        assertThat(results.notRun())
                .extracting(NotRun::reason)
                .containsExactly("the run was stopped before it was done");
    }

    @Test
    void an_unknown_answer_is_remembered_too() {
        Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
        MetricsServer server = RememberedServer.of(counting(asked));

        assertThat(server.configuration()).isEqualTo(server.configuration());
        assertThat(asked.get("configuration")).hasValue(1);
        assertThat(RememberedServer.of(server)).isSameAs(server);
    }

    @Test
    void pods_of_further_shards_are_another_shard_and_replicas_are_not() {
        assertThat(Stream.of(
                                "prometheus-k8s-0",
                                "prometheus-k8s-1",
                                "prometheus-k8s-shard-1-0",
                                "prometheus-k8s-shard-1-1")
                        .map(pod -> new ServerId("prod", "monitoring/k8s", pod).shard()))
                .containsExactly("monitoring/k8s", "monitoring/k8s", "monitoring/k8s#1", "monitoring/k8s#1");
        assertThat(new ServerId("prod", "m/x-shard-1", "prometheus-x-shard-1-0").shard())
                .isEqualTo("m/x-shard-1");
    }

    private static CheckResults run(List<Check<?>> checks, Evidence evidence) {
        return new CheckRunner(checks).run(evidence, List.of(), TODAY, () -> false);
    }

    private static Evidence evidence(Optional<ClusterInventory> inventory, Servers<MetricsServer> servers) {
        return new Evidence("prod", inventory, servers, Servers.none(), AT);
    }

    /** A server that counts what it is asked. */
    private static MetricsServer counting(Map<String, AtomicInteger> asked) {
        MetricsServer written = AnswersFile.parse("prometheus: [{server: main}]")
                .metrics()
                .answering()
                .get(0);
        return (MetricsServer) Proxy.newProxyInstance(
                MetricsServer.class.getClassLoader(),
                new Class<?>[] {MetricsServer.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("id")) {
                        return written.id();
                    }
                    asked.computeIfAbsent(method.getName(), key -> new AtomicInteger())
                            .incrementAndGet();
                    return switch (method.getName()) {
                        case "targets" -> Answer.known(new Targets(List.of(), List.of()));
                        case "query" -> Answer.known(List.<Sample>of());
                        case "ownMetrics" -> Answer.known(io.promwarden.observation.OwnMetrics.of(Map.of()));
                        default -> Answer.unknown("503");
                    };
                });
    }
}
