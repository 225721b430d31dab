package io.promwarden.history;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A PostgreSQL advisory lock, one per schema, on a connection of its own: it lasts as long as that session. After a
 * machine is lost the server gives it back when it notices, by TCP keep-alive.
 */
final class PostgresRunLock implements RunLock {

    /** {@code PROM} in ASCII: the first half of the lock's key; the second is the schema's name. */
    private static final int OURS = 0x50524f4d;

    private static final int ALIVE_WITHIN_SECONDS = 5;

    private final Connection session;

    private PostgresRunLock(Connection session) {
        this.session = session;
    }

    static Attempt take(StoreUrl.Postgres url) {
        Connection session;
        try {
            session = DriverManager.getConnection(url.url(), properties(url));
        } catch (SQLException e) {
            return new Failed(StoreTrouble.postgres(url, e));
        }
        try {
            Attempt attempt = lock(session);
            if (!(attempt instanceof Taken)) {
                session.close();
            }
            return attempt;
        } catch (SQLException e) {
            closeQuietly(session);
            return new Failed(StoreTrouble.postgres(url, e));
        }
    }

    static Properties properties(StoreUrl.Postgres url) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "promwarden");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "20");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        url.login().forEach(properties::setProperty);
        return properties;
    }

    private static Attempt lock(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT current_schema(), pg_try_advisory_lock(?, hashtext(current_schema()))")) {
            statement.setInt(1, OURS);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getString(1) == null) {
                    return new Failed(new Opening.Broken(
                            "the store's database has no schema that this user can write to",
                            "Create the schema, or name another one with currentSchema= in the store's URL."));
                }
                return row.getBoolean(2) ? new Taken(new PostgresRunLock(session)) : new Held(holder(session));
            }
        }
    }

    private static String holder(Connection session) throws SQLException {
        try (PreparedStatement known = session.prepareStatement("SELECT to_regclass('promwarden_lock_holder')");
                ResultSet row = known.executeQuery()) {
            row.next();
            if (row.getString(1) == null) {
                return "another run";
            }
        }
        try (PreparedStatement statement = session.prepareStatement("SELECT holder FROM promwarden_lock_holder");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : "another run";
        }
    }

    @Override
    public void announce(Holder holder) {
        try (PreparedStatement old = session.prepareStatement("DELETE FROM promwarden_lock_holder");
                PreparedStatement now =
                        session.prepareStatement("INSERT INTO promwarden_lock_holder (holder) VALUES (?)")) {
            old.executeUpdate();
            now.setString(1, holder.text());
            now.executeUpdate();
        } catch (SQLException e) {
            throw new LockLost(e);
        }
    }

    @Override
    public boolean held() {
        try {
            return session.isValid(ALIVE_WITHIN_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closeQuietly(session);
    }

    /** The lock ends with the session, whether or not the server hears a goodbye. */
    private static void closeQuietly(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            return;
        }
    }

    /** The session that holds the lock was cut. */
    static final class LockLost extends RuntimeException {
        LockLost(SQLException cause) {
            super("the database session that holds the run's lock was cut", cause);
        }
    }
}
