package io.promwarden.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What came back. */
public sealed interface HttpAnswer {

    /**
     * The server answered, with whatever status.
     *
     * @param contentType empty where the server gave none
     * @param retryAfter how long the server asks us to wait, where it says so
     */
    @SuppressWarnings("ArrayRecordComponent") // a body is read, never compared
    record Received(int status, String contentType, byte[] body, Optional<Duration> retryAfter) implements HttpAnswer {

        public Received(int status, String contentType, byte[] body) {
            this(status, contentType, body, Optional.empty());
        }

        public boolean successful() {
            return status >= 200 && status < 300;
        }

        /** The body as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * There is no whole answer.
     *
     * @param reason in words that a person on call understands, without credentials
     * @param sent true if the request may have reached the server, so that a call that changes something may have worked
     * @param passing true if another try may well succeed: a refused or broken connection, but no time-out and no
     *     certificate that isn't trusted
     */
    record Unanswered(String reason, boolean sent, boolean passing) implements HttpAnswer {

        public Unanswered(String reason, boolean sent) {
            this(reason, sent, false);
        }
    }
}
