package io.promwarden.http;

import java.nio.charset.StandardCharsets;

/** What came back. */
public sealed interface HttpAnswer {

    /**
     * The server answered, with whatever status.
     *
     * @param contentType empty where the server gave none
     */
    @SuppressWarnings("ArrayRecordComponent") // a body is read, never compared
    record Received(int status, String contentType, byte[] body) implements HttpAnswer {

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
     */
    record Unanswered(String reason, boolean sent) implements HttpAnswer {}
}
