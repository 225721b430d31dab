package io.promwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.JdbcSnapshotBook;
import io.promwarden.history.Opening;
import io.promwarden.history.Store;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.SnapshotBook.SnapshotMade;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receipts and snapshots on the command line. */
class ReceiptsCommandTest {

    private static final ServerId ONE = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-0");
    private static final ServerId TWO = new ServerId("eu-1", "monitoring/k8s", "prometheus-k8s-1");
    private static final String NAME = "20261122T021000Z-1a2b3c4d5e6f7081";

    @TempDir
    Path store;

    @Test
    void receipts_of_all_runs_are_listed_and_cannot_move_the_cursor() {
        keep(receipt("first", 30), receipt("evil\u001b[2J\nselector", 1));
        CliRun run = run("receipts");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("first")
                .contains("deleted")
                .contains("1,000 -> 0")
                .contains("because: nobody reads it")
                .contains("retention/20261122T021000Z/0")
                .doesNotContain("\u001b");
        assertThat(run.out().lines()).hasSize(5);
    }

    @Test
    void an_age_or_a_date_leaves_out_what_is_older() {
        keep(receipt("first_total", 30), receipt("second_total", 1));
        assertThat(run("receipts", "--since", "7d").out())
                .contains("second_total")
                .doesNotContain("first_total");
        assertThat(run("receipts", "--since", "2020-01-01").out()).contains("first_total");
        assertThat(run("receipts", "--since", "1m").out()).isEmpty();
        assertThat(run("receipts", "--since", "yesterday").exitCode()).isEqualTo(2);
    }

    @Test
    void as_json_a_receipt_says_everything() {
        keep(receipt("a_total", 1));
        JsonNode receipts = new JsonMapper().readTree(run("receipts", "--json").out());
        assertThat(receipts.size()).isEqualTo(1);
        JsonNode one = receipts.path(0);
        assertThat(one.path("run").asString()).isEqualTo("retention/20261122T021000Z/0");
        assertThat(one.path("verdict").asString()).isEqualTo("deleted");
        assertThat(one.path("controls").path(0).path("before").asLong()).isEqualTo(6);
        assertThat(one.path("failedCompactionsAfter").isNull()).isTrue();
    }

    @Test
    void a_store_without_any_says_so() {
        CliRun run = run("receipts");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no receipts in the store");
        assertThat(run("snapshots").err()).contains("no snapshots are left");
    }

    @Test
    void a_store_that_is_in_use_is_refused() {
        try (Store held = open()) {
            CliRun run = run("receipts");
            assertThat(run.exitCode()).as(held.text()).isEqualTo(2);
            assertThat(run.err()).contains("in use");
        }
    }

    @Test
    void snapshots_are_listed_with_how_to_remove_them_until_confirmed() {
        snapshot(ONE, NAME);
        assertThat(run("snapshots").out())
                .contains("data/snapshots/" + NAME)
                .contains("kubectl -n monitoring exec prometheus-k8s-0 -c prometheus -- rm -r /prometheus/snapshots/"
                        + NAME)
                .contains("promwarden snapshots confirm " + NAME);
        assertThat(run("snapshots", "confirm", "another").exitCode()).isEqualTo(2);
        assertThat(run("snapshots", "confirm", NAME).exitCode()).isZero();
        assertThat(run("snapshots").out()).isEmpty();
        assertThat(run("snapshots", "confirm", NAME).exitCode()).isEqualTo(2);
    }

    @Test
    void of_two_servers_with_the_same_name_one_has_to_be_named() {
        snapshot(ONE, NAME);
        snapshot(TWO, NAME);
        CliRun both = run("snapshots", "confirm", NAME);
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("prometheus-k8s-1");
        assertThat(run("snapshots", "confirm", NAME, "--server", "prometheus-k8s-1")
                        .exitCode())
                .isZero();
        assertThat(run("snapshots").out()).contains("prometheus-k8s-0").doesNotContain("prometheus-k8s-1");
    }

    @Test
    void one_that_was_never_heard_of_is_to_be_looked_for_and_hostile_names_give_no_command() {
        snapshot(ONE, "unknown-20261122T021000Z");
        snapshot(new ServerId("eu-1", "a;b/c", "x; rm -rf /"), NAME);
        assertThat(run("snapshots").out())
                .contains("look for one of that time")
                .contains("remove the folder snapshots/" + NAME)
                .doesNotContain("kubectl");
    }

    @Test
    void completion_knows_them() {
        assertThat(CliRun.of("completion", "bash").out()).contains("receipts").contains("snapshots");
    }

    private static Receipt receipt(String selector, int daysAgo) {
        return new Receipt(
                        ONE,
                        "delete_series",
                        selector,
                        selector,
                        Optional.of(Instant.parse("2026-09-01T00:00:00Z")),
                        Optional.of(Instant.parse("2026-10-01T00:00:00Z")),
                        Instant.now().minus(daysAgo, ChronoUnit.DAYS),
                        Duration.ofSeconds(2),
                        "204",
                        Receipt.Verdict.DELETED,
                        "control: samples of up 6 before, 6 after",
                        3,
                        1000,
                        0,
                        8000,
                        8000,
                        4,
                        4)
                .with(
                        "nobody reads it",
                        new Receipt.Controls(List.of(new Receipt.Count("samples of up", 6, 6)), 0, -1));
    }

    private void keep(Receipt... receipts) {
        try (Store open = open()) {
            JdbcReceiptBook book = new JdbcReceiptBook(open.dataSource());
            for (Receipt receipt : receipts) {
                book.close(book.open("retention/20261122T021000Z/0", receipt), receipt);
            }
        }
    }

    private void snapshot(ServerId server, String name) {
        try (Store open = open()) {
            new JdbcSnapshotBook(open.dataSource())
                    .made(new SnapshotMade("retention/20261122T021000Z/0", server, name, Instant.now()));
        }
    }

    private Store open() {
        if (Store.open(store.toString(), Map.of(), "a test", Instant.now()) instanceof Opening.Opened opened) {
            return opened.store();
        }
        throw new AssertionError("the store could not be opened");
    }

    private CliRun run(String... arguments) {
        return CliRun.of(Map.of("PROMWARDEN_STORE", store.toString()), arguments);
    }
}
