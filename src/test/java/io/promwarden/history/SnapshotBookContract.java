package io.promwarden.history;

import static io.promwarden.history.StoredThings.CLUSTER;
import static io.promwarden.history.StoredThings.HOSTILE;
import static io.promwarden.history.StoredThings.NIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.observation.ServerId;
import io.promwarden.retention.SnapshotBook;
import io.promwarden.retention.SnapshotBook.SnapshotMade;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every {@link SnapshotBook} does. */
abstract class SnapshotBookContract extends StoreContract {

    private static final String NAME = "20261122T021003Z-6f8b1a2c3d4e5f60";
    private static final ServerId FIRST = new ServerId(CLUSTER, "monitoring/main", "prometheus-main-0");
    private static final ServerId SECOND = new ServerId(CLUSTER, "monitoring/main", "prometheus-main-1");

    private SnapshotBook book() {
        return new JdbcSnapshotBook(store().dataSource());
    }

    private static SnapshotMade snapshot(ServerId server, Instant at) {
        return new SnapshotMade(StoredThings.night(0).text(), server, NAME, at);
    }

    @Test
    void a_snapshot_is_left_until_somebody_says_that_it_is_gone() {
        book().made(snapshot(SECOND, NIGHT.plusSeconds(1)));
        book().made(snapshot(FIRST, NIGHT));
        reopen();

        assertThat(book().left()).containsExactly(snapshot(FIRST, NIGHT), snapshot(SECOND, NIGHT.plusSeconds(1)));
        assertThat(book().confirm(FIRST, NAME, NIGHT.plusSeconds(60))).isTrue();
        assertThat(book().left()).containsExactly(snapshot(SECOND, NIGHT.plusSeconds(1)));
    }

    @Test
    void nothing_is_confirmed_that_is_not_left() {
        book().made(snapshot(FIRST, NIGHT));

        assertThat(book().confirm(FIRST, "another", NIGHT)).isFalse();
        assertThat(book().confirm(SECOND, NAME, NIGHT)).isFalse();
        assertThat(book().confirm(FIRST, NAME, NIGHT)).isTrue();
        assertThat(book().confirm(FIRST, NAME, NIGHT)).isFalse();
    }

    @Test
    void a_snapshot_that_is_noted_twice_is_left_once() {
        book().made(snapshot(FIRST, NIGHT));
        book().made(snapshot(FIRST, NIGHT.plusSeconds(60)));

        assertThat(book().left()).containsExactly(snapshot(FIRST, NIGHT));
    }

    @Test
    void a_snapshot_is_on_record_even_if_the_step_around_it_is_rolled_back() {
        new TransactionTemplate(new JdbcTransactionManager(store().dataSource())).executeWithoutResult(step -> {
            book().made(snapshot(FIRST, NIGHT));
            step.setRollbackOnly();
        });

        assertThat(book().left()).containsExactly(snapshot(FIRST, NIGHT));
    }

    @Test
    void names_from_the_cluster_break_nothing() {
        ServerId server = new ServerId(HOSTILE, HOSTILE, HOSTILE);
        book().made(new SnapshotMade(HOSTILE.substring(0, 20), server, HOSTILE, NIGHT));

        assertThat(book().left()).hasSize(1);
        assertThat(book().confirm(server, HOSTILE, NIGHT)).isTrue();
        assertThat(book().left()).isEmpty();
    }
}
