package io.promwarden.history;

import io.promwarden.answer.Answer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Where results are kept, as {@code --store} or {@code PROMWARDEN_STORE} says. */
public sealed interface StoreUrl {

    /** As it may be shown: never with a password. */
    String text();

    /**
     * An H2 database in a file.
     *
     * @param database absolute, without H2's suffix {@code .mv.db}
     */
    record H2File(Path database) implements StoreUrl {
        @Override
        public String text() {
            return "file:" + database.getParent();
        }
    }

    /** Gone when the process ends: for captures and tests. */
    record Memory() implements StoreUrl {
        @Override
        public String text() {
            return "mem:";
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param url for the driver, without user and passwords
     * @param login what the driver is told beside the URL: {@code user}, {@code password}, {@code sslpassword}
     */
    record Postgres(String url, Map<String, String> login) implements StoreUrl {
        public Postgres {
            login = Map.copyOf(login);
        }

        @Override
        public String text() {
            int query = url.indexOf('?');
            return query < 0 ? url : url.substring(0, query);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * Reads a store's URL.
     *
     * @param environment where {@code ${NAME}} is looked up
     * @return unknown, with what is wrong, when it is none
     */
    static Answer<StoreUrl> parse(String text, Map<String, String> environment) {
        String url = text.strip();
        if (url.isEmpty()) {
            return Answer.unknown("the store's URL is empty");
        }
        if (url.equals("mem:") || url.equals("jdbc:h2:mem:")) {
            return Answer.known(new Memory());
        }
        if (url.startsWith("jdbc:h2:file:")) {
            return path(url.substring("jdbc:h2:file:".length())).map(H2File::new);
        }
        if (url.startsWith("jdbc:postgresql:") || url.startsWith("postgresql:") || url.startsWith("postgres:")) {
            return PostgresUrl.parse(url, environment);
        }
        String path = url.startsWith("file://") ? url.substring(7) : url.startsWith("file:") ? url.substring(5) : url;
        if (url.startsWith("file://") && !path.startsWith("/")) {
            return Answer.unknown("a file URL names a path of this machine: file:/path/to/directory");
        }
        if (path.startsWith("jdbc:") || path.contains("://")) {
            return Answer.unknown("results are kept in a directory or in PostgreSQL, not in " + scheme(path));
        }
        if (path.endsWith(".mv.db")) {
            return Answer.unknown("name the directory of the store, not H2's file in it");
        }
        return path(path).map(directory -> new H2File(directory.resolve("promwarden")));
    }

    private static Answer<Path> path(String text) {
        if (text.indexOf(';') >= 0) {
            return Answer.unknown("a store's path has no ';': H2's settings are Promwarden's own");
        }
        if (text.isBlank()) {
            return Answer.unknown("the store's path is empty");
        }
        String home = System.getProperty("user.home");
        try {
            Path path = Path.of(text.startsWith("~/") ? home + text.substring(1) : text);
            return Answer.known(path.toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            return Answer.unknown("not a path: " + e.getReason());
        }
    }

    private static String scheme(String url) {
        int end = url.startsWith("jdbc:") ? url.indexOf(':', 5) : url.indexOf(':');
        return end < 0 ? url : url.substring(0, end);
    }
}
