package io.promwarden.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.report.RunHistory;
import io.promwarden.report.StoredStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

class StoreTest {

    @Test
    void what_was_committed_survives_kill_minus_nine(@TempDir Path folder) throws Exception {
        Process child = StoreChild.start(folder.toString());
        int safe = -1;
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = output.readLine()) != null) {
                if (line.startsWith(StoreChild.STORED)) {
                    safe = Integer.parseInt(line.substring(StoreChild.STORED.length()));
                }
                if (safe == 5) {
                    // By its handle, which leaves open what it still has to say.
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();

        try (Store store = StoreContract.opened(folder.toString())) {
            RunHistory history = new JdbcRunHistory(store.dataSource());
            assertThat(safe).isGreaterThanOrEqualTo(5);
            for (int night = 0; night <= safe; night++) {
                assertThat(history.find(StoredThings.night(night)).orElseThrow().exitCode())
                        .contains(0);
                assertThat(history.steps(StoredThings.night(night)))
                        .extracting(StoredStep::result)
                        .containsExactly(StoreChild.result(night));
                assertThat(history.firstSeen(StoredThings.night(night))).hasSize(500 + night);
            }
        }
    }

    @Test
    void a_second_process_is_told_who_has_the_store_and_gets_it_when_that_one_is_killed(@TempDir Path folder)
            throws Exception {
        Process child = StoreChild.start(folder.toString());
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().anyMatch(StoreChild.OPEN::equals)).isTrue();

            Opening opening = open(folder.toString());

            assertThat(opening).isInstanceOf(Opening.Locked.class);
            assertThat(((Opening.Locked) opening).reason())
                    .contains("the child (process " + child.pid())
                    .contains(folder.toString());
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        StoreContract.opened(folder.toString()).close();
    }

    @Test
    void the_same_process_cannot_open_a_store_twice_either(@TempDir Path folder) {
        try (Store store = StoreContract.opened(folder.toString())) {
            store.announce("nightly/20261122T021000Z/0", StoredThings.NIGHT);

            assertThat(open("file:" + folder))
                    .isInstanceOfSatisfying(
                            Opening.Locked.class,
                            locked -> assertThat(locked.reason()).contains("nightly/20261122T021000Z/0"));
            // And asking did not take the lock away.
            assertThat(open(folder.toString())).isInstanceOf(Opening.Locked.class);
            assertThat(store.held()).isTrue();
        }
        StoreContract.opened(folder.toString()).close();
    }

    @Test
    void a_store_in_memory_is_gone_afterwards_and_nobody_elses() {
        try (Store one = StoreContract.opened("mem:");
                Store other = StoreContract.opened("mem:")) {
            new JdbcRunHistory(one.dataSource()).begin(StoredThings.night(0), "abc", Instant.EPOCH);

            assertThat(new JdbcRunHistory(other.dataSource()).find(StoredThings.night(0)))
                    .isEmpty();
        }
    }

    @Test
    void batchs_tables_are_beside_ours_also_after_a_crash_while_they_were_made(@TempDir Path folder) {
        try (Store store = StoreContract.opened(folder.toString())) {
            JdbcTemplate sql = new JdbcTemplate(store.dataSource());
            sql.execute("DROP SEQUENCE BATCH_JOB_INSTANCE_SEQ");
            sql.execute("DROP TABLE BATCH_JOB_EXECUTION_CONTEXT");
        }
        try (Store store = StoreContract.opened(folder.toString())) {
            JdbcTemplate sql = new JdbcTemplate(store.dataSource());
            assertThat(sql.queryForObject("SELECT count(*) FROM BATCH_JOB_EXECUTION_CONTEXT", Integer.class))
                    .isZero();
            assertThat(sql.queryForObject("SELECT NEXT VALUE FOR BATCH_JOB_INSTANCE_SEQ", Integer.class))
                    .isPositive();
        }
    }

    @Test
    void a_damaged_file_is_named_with_what_to_do(@TempDir Path folder) throws IOException {
        StoreContract.opened(folder.toString()).close();
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("promwarden.mv.db").toFile(), "rw")) {
            byte[] garbage =
                    "not a database ".repeat((int) file.length() / 15 + 1).getBytes(StandardCharsets.UTF_8);
            file.write(garbage);
        }

        Opening opening = open(folder.toString());

        assertThat(opening).isInstanceOf(Opening.Broken.class);
        assertThat(((Opening.Broken) opening).reason()).contains("is damaged").contains(folder.toString());
        assertThat(((Opening.Broken) opening).remedy()).contains("aside");
        // And the lock was given back.
        assertThat(open(folder.toString())).isInstanceOf(Opening.Broken.class);
    }

    @Test
    void a_store_of_a_newer_version_is_refused(@TempDir Path folder) {
        try (Store store = StoreContract.opened(folder.toString())) {
            new JdbcTemplate(store.dataSource()).update("""
                            INSERT INTO "promwarden_schema" ("installed_rank", "version", "description", "type", "script",
                            "checksum", "installed_by", "execution_time", "success")
                            VALUES (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 1, 'sa', 1, TRUE)""");
        }

        assertThat(open(folder.toString()))
                .isInstanceOfSatisfying(
                        Opening.Broken.class,
                        broken -> assertThat(broken.remedy()).contains("version"));
    }

    @Test
    void a_directory_that_cannot_be_made_is_named_with_what_to_do(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThat(open(file.resolve("store").toString())).isInstanceOfSatisfying(Opening.Broken.class, broken -> {
            assertThat(broken.reason()).contains(file.toString()).contains("cannot be written");
            assertThat(broken.remedy()).contains("--store");
        });
        assertThat(open(file.toString())).isInstanceOf(Opening.Broken.class);
    }

    @Test
    void a_url_that_is_no_store_is_refused_with_the_reason() {
        assertThat(open("jdbc:mysql://db/x")).isInstanceOf(Opening.Broken.class);
    }

    @Test
    void a_full_disk_in_the_middle_of_a_run_is_told_as_such(@TempDir Path folder) {
        try (Store store = StoreContract.opened(folder.toString())) {
            assertThat(store.explain(new DataAccessResourceFailureException(
                            "could not commit", new IOException("No space left on device"))))
                    .contains("is full")
                    .contains(folder.toString());
        }
    }

    private static Opening open(String url) {
        return Store.open(url, Map.of(), "a test", Instant.EPOCH);
    }
}
