package io.promwarden.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.promwarden.answer.Answer;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** An open store: a database that is up to date and that this process alone may use. */
public final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /** Clusters are worked on side by side, each with a transaction of its step and one of its own. */
    private static final int MOST_CONNECTIONS = 20;

    private static final String H2_SETTINGS = ";WRITE_DELAY=0" // a commit is in the file before it returns
            + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE" // we close it, and not before the steps have stopped
            + ";LOCK_TIMEOUT=60000;TRACE_LEVEL_FILE=0";

    private final StoreUrl url;
    private final HikariDataSource pool;
    private final RunLock lock;

    private Store(StoreUrl url, HikariDataSource pool, RunLock lock) {
        this.url = url;
        this.pool = pool;
        this.lock = lock;
    }

    /**
     * Opens a store, locks it and brings its tables up to date.
     *
     * @param url a directory, {@code file:/directory}, {@code jdbc:h2:file:/path}, {@code jdbc:postgresql://...} or {@code
     *     mem:}
     * @param environment for {@code ${NAME}} in the URL
     * @param holder the run or the command that wants it, for the message that the next one gets
     */
    public static Opening open(String url, Map<String, String> environment, String holder, Instant now) {
        return switch (StoreUrl.parse(url, environment)) {
            case Answer.Unknown<StoreUrl> unknown ->
                new Opening.Broken(
                        unknown.why(),
                        "Give --store (or PROMWARDEN_STORE) a directory, or jdbc:postgresql://host/database.");
            case Answer.Known<StoreUrl> known -> open(known.known(), Holder.here(holder, now));
        };
    }

    private static Opening open(StoreUrl url, Holder holder) {
        RunLock.Attempt attempt = switch (url) {
            case StoreUrl.H2File file -> FileRunLock.take(file.database());
            case StoreUrl.Memory memory -> new RunLock.Taken(new RunLock.Unshared());
            case StoreUrl.Postgres postgres -> PostgresRunLock.take(postgres);
        };
        return switch (attempt) {
            case RunLock.Held held -> new Opening.Locked("the store " + url.text() + " is in use by " + held.by());
            case RunLock.Failed failed -> failed.broken();
            case RunLock.Taken taken -> openLocked(url, taken.lock(), holder);
        };
    }

    private static Opening openLocked(StoreUrl url, RunLock lock, Holder holder) {
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(pooled(url));
            Schema.update(pool, url);
            lock.announce(holder);
            return new Opening.Opened(new Store(url, pool, lock));
        } catch (FlywayException
                | DataAccessException
                | TransactionException
                | PoolInitializationException
                | PostgresRunLock.LockLost
                | UncheckedIOException e) {
            if (pool != null) {
                shutDown(url, pool);
            }
            lock.close();
            return StoreTrouble.explain(url, e);
        }
    }

    private static HikariConfig pooled(StoreUrl url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setInitializationFailTimeout(1);
        config.setAutoCommit(true);
        switch (url) {
            case StoreUrl.H2File file -> {
                config.setJdbcUrl("jdbc:h2:file:" + file.database() + H2_SETTINGS);
                config.setUsername("sa");
            }
            case StoreUrl.Memory memory -> {
                config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + H2_SETTINGS);
                config.setUsername("sa");
            }
            case StoreUrl.Postgres postgres -> {
                config.setJdbcUrl(postgres.url());
                Properties properties = PostgresRunLock.properties(postgres);
                properties.forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
            }
        }
        return config;
    }

    /** For our own tables and for Spring Batch's, which are in it too. */
    public DataSource dataSource() {
        return pool;
    }

    /** Where it is, without credentials. */
    public String text() {
        return url.text();
    }

    /** Whether what it holds is there when the process has ended. */
    public boolean lasting() {
        return !(url instanceof StoreUrl.Memory);
    }

    /** Says which run has the store now that it is known, for the message that the next one gets. */
    public void announce(String run, Instant now) {
        lock.announce(Holder.here(run, now));
    }

    /** Whether the store is still this process's own; false when a PostgreSQL session was cut. */
    public boolean held() {
        return lock.held();
    }

    /** What a failure in the middle of a run means: a full disk, a lost database. */
    public String explain(DataAccessException thrown) {
        return switch (StoreTrouble.explain(url, thrown)) {
            case Opening.Broken broken -> broken.reason() + ". " + broken.remedy();
            case Opening.Locked locked -> locked.reason();
            case Opening.Opened opened -> throw new IllegalStateException("a failure opens nothing", thrown);
        };
    }

    @Override
    public void close() {
        shutDown(url, pool);
        lock.close();
    }

    private static void shutDown(StoreUrl url, HikariDataSource pool) {
        if (!(url instanceof StoreUrl.Postgres)) {
            // Not one of the pool's: it would be asked for its warnings when the database is gone.
            try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), "");
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            } catch (SQLException e) {
                // What was committed is in the file already; the next opening recovers what is left.
                LOG.warn("the store {} did not shut down in order: {}", url.text(), e.getMessage());
            }
        }
        pool.close();
    }
}
