package io.promwarden.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of its own for each test, on whichever database the test class stands for. */
abstract class StoreContract {

    private @Nullable Store store;

    /** A URL of a store that nobody has used. */
    abstract String freshUrl();

    private @Nullable String url;

    @BeforeEach
    void open() {
        url = freshUrl();
        store = opened(url);
    }

    @AfterEach
    void close() {
        store().close();
    }

    Store store() {
        return Objects.requireNonNull(store);
    }

    String url() {
        return Objects.requireNonNull(url);
    }

    /** As the next process would find it. */
    Store reopen() {
        store().close();
        store = opened(url());
        return store;
    }

    static Store opened(String url) {
        Opening opening = Store.open(url, Map.of(), "a test", Instant.EPOCH);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).store();
    }
}
