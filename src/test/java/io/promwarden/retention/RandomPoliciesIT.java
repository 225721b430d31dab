package io.promwarden.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.testing.RealPrometheus;
import io.promwarden.testing.RecordingProxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Twenty random policies on two real replicas with thirty days of history: what was planned is what is gone, and every other
 * sample is there with its value. What must go is worked out here, from all samples read back and the policies' text.
 */
class RandomPoliciesIT {

    private static final Duration BLOCK = Duration.ofHours(2);
    private static final Patience BRISK = new Patience(
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5));

    private final ListedReceipts book = new ListedReceipts();

    @ParameterizedTest
    @ValueSource(longs = {1381, 20261122, 7})
    void what_is_gone_is_what_was_planned(
            long seed, @TempDir Path template, @TempDir Path first, @TempDir Path second) {
        RandomHistory history = new RandomHistory(new Random(seed));
        history.into(template);
        List<RetentionPolicy> policies = history.policies(20);
        RetentionSettings settings = TestSettings.of(policies, true, List.of("monitoring/k8s"), List.of(), 1_000_000);
        try (RealPrometheus one = History.copied(template, first).adminApi().start();
                RealPrometheus two = History.copied(template, second).adminApi().start();
                RecordingProxy proxyOne = RecordingProxy.of(one.uri());
                RecordingProxy proxyTwo = RecordingProxy.of(two.uri())) {
            ReplicaGroup group = new ReplicaGroup(
                    "monitoring/k8s",
                    List.of(History.replica("k8s-0", proxyOne.uri()), History.replica("k8s-1", proxyTwo.uri())),
                    List.of());
            Map<Map<String, String>, NavigableMap<Long, String>> before = RandomHistory.everything(one.uri());
            assertThat(RandomHistory.everything(two.uri())).isEqualTo(before);

            RetentionResult result = run(settings, group);

            assertThat(result.notRun()).isEmpty();
            assertThat(result.plans()).hasSize(2);
            assertThat(result.receipts()).extracting(Receipt::verdict).containsOnly(Verdict.DELETED);
            for (int replica = 0; replica < 2; replica++) {
                RetentionPlan plan = result.plans().get(replica);
                assertThat(plan.refusals()).isEmpty();
                isWhatThePoliciesAskFor(plan, policies, before);
                Map<Map<String, String>, NavigableMap<Long, String>> after =
                        RandomHistory.everything((replica == 0 ? one : two).uri());
                assertThat(gone(before, after))
                        .as("samples gone from replica %s", replica)
                        .isEqualTo(planned(before, plan))
                        .isNotEmpty();
                assertThat(after).isEqualTo(without(before, plan));
                assertThat(result.receipts().stream()
                                .filter(receipt -> receipt.server().equals(plan.server()))
                                .mapToLong(receipt -> receipt.samplesBefore() - receipt.samplesAfter())
                                .sum())
                        .as("what the receipts of replica %s say", replica)
                        .isEqualTo(gone(before, after).values().stream()
                                .mapToLong(Map::size)
                                .sum());
            }
            compactsAndKeepsTheRest(settings, group, result, before, List.of(one, two));
            proxyOne.forget();
            proxyTwo.forget();

            RetentionResult again = run(settings, group);

            assertThat(again.plans())
                    .allSatisfy(plan -> assertThat(plan.deletions()).isEmpty());
            assertThat(proxyOne.requests("POST", "/")).isEmpty();
            assertThat(proxyTwo.requests("POST", "/")).isEmpty();
        }
    }

    private void compactsAndKeepsTheRest(
            RetentionSettings settings,
            ReplicaGroup group,
            RetentionResult result,
            Map<Map<String, String>, NavigableMap<Long, String>> before,
            List<RealPrometheus> servers) {
        TombstoneCompaction.Outcome compacted = new TombstoneCompaction(
                        book, Clock.systemUTC(), () -> false, BRISK, Pause.real())
                .run("run", "eu-1", new CompactionSettings(0, Optional.empty()), settings, List.of(group));
        assertThat(compacted.receipts()).extracting(Receipt::verdict).containsOnly(Verdict.CLEANED);
        assertThat(compacted.receipts()).hasSize(2);
        for (int replica = 0; replica < 2; replica++) {
            assertThat(RandomHistory.everything(servers.get(replica).uri()))
                    .isEqualTo(without(before, result.plans().get(replica)));
        }
    }

    /** One deletion for each policy that has something old enough, with the longest keep of those that it meets. */
    private static void isWhatThePoliciesAskFor(
            RetentionPlan plan,
            List<RetentionPolicy> policies,
            Map<Map<String, String>, NavigableMap<Long, String>> before) {
        List<String> expected = new ArrayList<>();
        for (RetentionPolicy policy : policies) {
            Instant end = plan.madeAt().minus(policy.keep());
            Duration keep = policies.stream()
                    .filter(other -> before.entrySet().stream()
                            .filter(series -> !upTo(series.getValue(), end).isEmpty())
                            .anyMatch(series -> matches(policy.match(), series.getKey())
                                    && matches(other.match(), series.getKey())))
                    .map(RetentionPolicy::keep)
                    .filter(other -> other.compareTo(policy.keep()) > 0)
                    .max(Duration::compareTo)
                    .orElse(policy.keep());
            Instant lengthened = plan.madeAt().minus(keep).truncatedTo(ChronoUnit.SECONDS);
            boolean due = before.entrySet().stream()
                    .filter(series -> matches(policy.match(), series.getKey()))
                    .anyMatch(series ->
                            !upTo(series.getValue(), lengthened.minus(BLOCK)).isEmpty());
            if (due) {
                long series = before.entrySet().stream()
                        .filter(each -> matches(policy.match(), each.getKey()))
                        .filter(each -> !upTo(each.getValue(), lengthened).isEmpty())
                        .count();
                long samples = before.entrySet().stream()
                        .filter(each -> matches(policy.match(), each.getKey()))
                        .mapToLong(each -> upTo(each.getValue(), lengthened).size())
                        .sum();
                expected.add(policy.match() + " " + lengthened + " " + series + " series " + samples + " samples");
            }
        }
        assertThat(plan.deletions().stream()
                        .map(deletion ->
                                deletion.policy().match() + " " + deletion.end() + " " + deletion.series() + " series "
                                        + exactly(deletion.outlook().effect().samples()) + " samples"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long exactly(Figure figure) {
        assertThat(figure.certainty()).isEqualTo(Figure.Certainty.EXACT);
        return figure.low();
    }

    private static Map<Map<String, String>, NavigableMap<Long, String>> planned(
            Map<Map<String, String>, NavigableMap<Long, String>> before, RetentionPlan plan) {
        return gone(before, without(before, plan));
    }

    private static Map<Map<String, String>, NavigableMap<Long, String>> without(
            Map<Map<String, String>, NavigableMap<Long, String>> before, RetentionPlan plan) {
        Map<Map<String, String>, NavigableMap<Long, String>> left = new HashMap<>();
        before.forEach((labels, samples) -> {
            NavigableMap<Long, String> kept = new TreeMap<>(samples);
            for (PlannedDeletion deletion : plan.deletions()) {
                if (matches(deletion.policy().match(), labels)) {
                    kept.subMap(
                                    deletion.start().toEpochMilli(),
                                    true,
                                    deletion.end().toEpochMilli(),
                                    true)
                            .clear();
                }
            }
            if (!kept.isEmpty()) {
                left.put(labels, kept);
            }
        });
        return left;
    }

    private static Map<Map<String, String>, NavigableMap<Long, String>> gone(
            Map<Map<String, String>, NavigableMap<Long, String>> before,
            Map<Map<String, String>, NavigableMap<Long, String>> after) {
        Map<Map<String, String>, NavigableMap<Long, String>> gone = new HashMap<>();
        before.forEach((labels, samples) -> {
            NavigableMap<Long, String> missing = new TreeMap<>(samples);
            missing.keySet()
                    .removeAll(after.getOrDefault(labels, new TreeMap<>()).keySet());
            if (!missing.isEmpty()) {
                gone.put(labels, missing);
            }
        });
        return gone;
    }

    private static NavigableMap<Long, String> upTo(NavigableMap<Long, String> samples, Instant end) {
        return samples.headMap(end.toEpochMilli(), true);
    }

    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** By the text of the policy, with Java's regular expressions: not with the product's own selectors. */
    private static boolean matches(String selector, Map<String, String> labels) {
        Matcher each = MATCHER.matcher(selector);
        while (each.find()) {
            String actual = labels.getOrDefault(each.group(1), "");
            String wanted = each.group(3).replace("\\\"", "\"").replace("\\\\", "\\");
            boolean fits = switch (each.group(2)) {
                case "=" -> actual.equals(wanted);
                case "!=" -> !actual.equals(wanted);
                case "=~" -> Pattern.matches(wanted, actual);
                default -> !Pattern.matches(wanted, actual);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private RetentionResult run(RetentionSettings settings, ReplicaGroup group) {
        return new RetentionRun(book, new ListedSnapshots(), Clock.systemUTC(), () -> false, BRISK, Pause.real())
                .run("run", "eu-1", settings, List.of(group));
    }
}
