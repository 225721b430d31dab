package io.promwarden.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables: ours by Flyway, and Spring Batch's beside them by Batch's own script. */
final class Schema {

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");
    private static final Pattern CREATE = Pattern.compile("(?i)^CREATE (TABLE|SEQUENCE) ");

    private Schema() {}

    /** Brings the tables up to date; safe to repeat after a crash in the middle. */
    static void update(DataSource database, StoreUrl url) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .table("promwarden_schema")
                // A PostgreSQL schema may hold other tables already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // Tables of a newer version are refused, not ignored.
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
        createBatchTables(database, url instanceof StoreUrl.Postgres ? "postgresql" : "h2");
    }

    private static void createBatchTables(DataSource database, String dialect) {
        JdbcClient sql = JdbcClient.create(database);
        String script = script("/org/springframework/batch/core/schema-" + dialect + ".sql");
        new TransactionTemplate(new JdbcTransactionManager(database)).executeWithoutResult(transaction -> {
            for (String statement : COMMENT.matcher(script).replaceAll("").split(";", -1)) {
                if (!statement.isBlank()) {
                    sql.sql(CREATE.matcher(statement.strip()).replaceFirst("CREATE $1 IF NOT EXISTS "))
                            .update();
                }
            }
        });
    }

    private static String script(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Spring Batch's script is missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
