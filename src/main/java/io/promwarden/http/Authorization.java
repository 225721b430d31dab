package io.promwarden.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** How one server is told who is asking. Asked anew for each request, as a mounted token is replaced now and then. */
@FunctionalInterface
public interface Authorization {

    Authorization NONE = Nothing::new;

    Presented present();

    /** What a request carries. */
    sealed interface Presented {}

    /** No header. */
    record Nothing() implements Presented {}

    /** The value of the header {@code Authorization}. Never shown by {@link #toString()}. */
    record Header(String value) implements Presented {
        @Override
        public String toString() {
            return "Header[redacted]";
        }
    }

    /**
     * The credential can't be had, so that nothing is sent.
     *
     * @param reason without the secret, e.g. {@code /var/run/token can't be read}
     */
    record Missing(String reason) implements Presented {}

    static Authorization bearer(Supplier<String> token) {
        return () -> new Header("Bearer " + token.get());
    }

    static Authorization basic(String user, Supplier<String> password) {
        return () -> new Header("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password.get()).getBytes(StandardCharsets.UTF_8)));
    }
}
