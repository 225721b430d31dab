package io.promwarden.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.ReplicaGroup;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplyExecutionTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void only_what_the_plan_has_deleted_from_and_nothing_refuses_is_cleaned() {
        RetentionResult result = new RetentionResult(
                "eu-1",
                true,
                List.of(
                        plan("a", List.of()),
                        plan("b", List.of()),
                        plan("c", List.of(new Refusal("replica-gone", "x", "y"))),
                        plan("d", List.of())),
                List.of(
                        receipt("a", Verdict.DELETED),
                        receipt("b", Verdict.NO_EFFECT),
                        receipt("c", Verdict.DELETED),
                        receipt("e", Verdict.PARTLY)),
                List.of());
        List<ReplicaGroup> groups = List.of(group("a"), group("b"), group("c"), group("d"), group("e"));

        assertThat(ApplyExecution.toClean(groups, result))
                .extracting(ReplicaGroup::owner)
                .containsExactly("a", "e");
    }

    private static ReplicaGroup group(String owner) {
        return new ReplicaGroup(owner, List.of(), List.of());
    }

    private static RetentionPlan plan(String owner, List<Refusal> refusals) {
        return new RetentionPlan(new ServerId("eu-1", owner, "0"), NOW, List.of(), refusals);
    }

    private static Receipt receipt(String owner, Verdict verdict) {
        return new Receipt(
                new ServerId("eu-1", owner, "0"),
                "delete_series",
                "a_total",
                "a_total",
                Optional.empty(),
                Optional.empty(),
                NOW,
                Duration.ZERO,
                "204",
                verdict,
                "",
                1,
                1,
                0,
                1,
                1,
                1,
                1);
    }
}
