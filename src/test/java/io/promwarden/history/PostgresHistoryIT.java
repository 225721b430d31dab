package io.promwarden.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.report.RunHistory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The contracts on a real PostgreSQL, a schema for each test. */
class PostgresHistoryIT {

    private static @Nullable EmbeddedPostgres server;

    private static int schemas;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        Objects.requireNonNull(server).close();
    }

    private static String next() {
        String schema = "store_" + schemas++;
        try (Connection connection =
                        Objects.requireNonNull(server).getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return address() + "?user=postgres&currentSchema=" + schema;
    }

    private static String address() {
        return "jdbc:postgresql://localhost:" + Objects.requireNonNull(server).getPort() + "/postgres";
    }

    @Nested
    class Runs extends RunHistoryContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Dispatches extends OutboxContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Receipts extends ReceiptBookContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Nights extends RecordedNightsContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Snapshots extends SnapshotBookContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Lock extends StoreContract {
        @Override
        String freshUrl() {
            return next();
        }

        @Test
        void a_second_run_is_told_who_has_the_store() {
            store().announce("nightly/20261122T021000Z/0", StoredThings.NIGHT);

            Opening second = Store.open(url(), Map.of(), "another", Instant.EPOCH);

            assertThat(second).isInstanceOf(Opening.Locked.class);
            assertThat(((Opening.Locked) second).reason())
                    .contains("nightly/20261122T021000Z/0")
                    .contains("process " + ProcessHandle.current().pid())
                    .contains("2026-11-22T02:10:00Z");
        }

        @Test
        void another_schema_is_another_store() {
            Opening other = Store.open(next(), Map.of(), "another", Instant.EPOCH);

            assertThat(other).isInstanceOf(Opening.Opened.class);
            ((Opening.Opened) other).store().close();
        }

        @Test
        void a_session_that_was_cut_no_longer_holds_the_store() {
            assertThat(store().held()).isTrue();

            new JdbcTemplate(Objects.requireNonNull(server).getPostgresDatabase())
                    .execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");

            assertThat(store().held()).isFalse();
            Store next = opened(url());
            next.close();
        }

        @Test
        void batchs_tables_are_beside_ours() {
            assertThat(new JdbcTemplate(store().dataSource())
                            .queryForObject("SELECT count(*) FROM BATCH_JOB_EXECUTION", Integer.class))
                    .isZero();
        }
    }

    @Test
    void a_wrong_password_is_named_and_never_shown() throws SQLException {
        new JdbcTemplate(Objects.requireNonNull(server).getPostgresDatabase())
                .execute("CREATE ROLE warden LOGIN PASSWORD 'right'");

        Opening opening = Store.open(
                "jdbc:postgresql://localhost:" + Objects.requireNonNull(server).getPort()
                        + "/nowhere?user=warden&password=${PG}",
                Map.of("PG", "s3cr3t-wrong"),
                "a test",
                Instant.EPOCH);

        assertThat(opening).isInstanceOf(Opening.Broken.class);
        assertThat(opening.toString()).contains("nowhere").doesNotContain("s3cr3t-wrong");
    }

    @Test
    void a_server_that_is_not_there_is_named() {
        Opening opening = Store.open("jdbc:postgresql://localhost:1/promwarden", Map.of(), "a test", Instant.EPOCH);

        assertThat(((Opening.Broken) opening).reason()).contains("localhost:1").contains("refused");
        assertThat(((Opening.Broken) opening).remedy()).contains("NetworkPolicy");
    }

    @Test
    void a_schema_that_holds_other_tables_already_gets_ours_beside_them() {
        String url = next();
        String schema = url.substring(url.lastIndexOf('=') + 1);
        new JdbcTemplate(Objects.requireNonNull(server).getPostgresDatabase())
                .execute("CREATE TABLE " + schema + ".somebody_elses (id INTEGER)");

        try (Store store = StoreContract.opened(url)) {
            RunHistory history = new JdbcRunHistory(store.dataSource());
            assertThat(history.runs("nightly", 1)).isEmpty();
        }
    }
}
