package io.promwarden.history;

import io.promwarden.finding.Redaction;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a store in words that a person on call understands. */
final class StoreTrouble {

    private static final int LONGEST = 300;

    private StoreTrouble() {}

    /** What an exception of the database means. */
    static Opening explain(StoreUrl url, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywayValidateException) {
                return new Opening.Broken(
                        "the store's tables in " + url.text() + " are not those of this version: " + brief(cause),
                        "Use the version of Promwarden that wrote them, or another store.");
            }
            Optional<Opening.Broken> full = diskFull(url, cause);
            if (full.isPresent()) {
                return full.get();
            }
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return url instanceof StoreUrl.Postgres postgres ? postgres(postgres, sql) : h2(url, sql);
            }
        }
        return new Opening.Broken(
                "the store " + url.text() + " cannot be used: " + brief(thrown),
                "See the message, or use another store.");
    }

    /** What is wrong with the folder of a file store. */
    static Opening.Broken folder(@Nullable Path folder, IOException thrown) {
        return new Opening.Broken(
                "the store's directory " + folder + " cannot be written: " + why(thrown),
                "Name a directory that this user may write to: --store DIR, or PROMWARDEN_STORE.");
    }

    private static String why(IOException thrown) {
        if (thrown instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (thrown instanceof FileAlreadyExistsException) {
            return "there is a file of this name";
        }
        return thrown instanceof FileSystemException other && other.getReason() != null
                ? other.getReason()
                : brief(thrown);
    }

    /** What is wrong with a PostgreSQL store. */
    static Opening.Broken postgres(StoreUrl.Postgres url, SQLException thrown) {
        String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
        String reason = "the store " + url.text() + ": " + brief(thrown);
        String remedy = switch (state) {
            case "28P01", "28000" ->
                "Check user= and password=${NAME} in the store's URL, and pg_hba.conf on the server.";
            case "3D000" -> "Create the database, or name another one in the store's URL.";
            case "42501" -> "Grant the user CREATE on the schema, or name its own with currentSchema=.";
            case "53100" -> "Free room on the database server's disk.";
            default ->
                state.startsWith("08")
                        ? "Check host and port in the store's URL, and that a NetworkPolicy lets the job out."
                        : "See the message of the database.";
        };
        return new Opening.Broken(reason, remedy);
    }

    private static Opening h2(StoreUrl url, SQLException thrown) {
        return switch (thrown.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                new Opening.Locked("the store " + url.text() + " is open in another program");
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.GENERAL_ERROR_1 ->
                new Opening.Broken(
                        "the store " + url.text() + " is damaged: " + brief(thrown),
                        "Move the files promwarden.* in it aside and run again: a new store is made, and the next report"
                                + " knows no earlier nights. Or put a backup in their place.");
            case ErrorCode.DATABASE_IS_READ_ONLY ->
                new Opening.Broken(
                        "the store " + url.text() + " is read-only", "Make its files writable, or use another store.");
            default ->
                new Opening.Broken(
                        "the store " + url.text() + " cannot be used: " + brief(thrown),
                        "See the message, or use another store.");
        };
    }

    private static Optional<Opening.Broken> diskFull(StoreUrl url, Throwable cause) {
        String message = cause.getMessage();
        if (message == null
                || !(message.contains("No space left on device") || message.contains("Disk quota exceeded"))) {
            return Optional.empty();
        }
        return Optional.of(new Opening.Broken(
                "the disk of the store " + url.text() + " is full",
                "Free room, or make the volume larger; then run again."));
    }

    private static String brief(Throwable thrown) {
        String message = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        String line = message.strip().lines().findFirst().orElse("");
        return Redaction.text(line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
    }
}
