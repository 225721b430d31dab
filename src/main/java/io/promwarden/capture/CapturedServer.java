package io.promwarden.capture;

import io.promwarden.observation.ServerId;
import java.util.Optional;

/**
 * A server that was there when the capture was recorded.
 *
 * @param unreachable why it could not be asked then, and so cannot be asked now
 */
public record CapturedServer(Kind kind, ServerId id, Optional<String> unreachable) {

    /** What a server is. */
    public enum Kind {
        PROMETHEUS("Prometheus"),
        PROMETHEUS_AGENT("PrometheusAgent"),
        ALERTMANAGER("Alertmanager");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As the capture's list of servers writes it. */
        public String word() {
            return word;
        }

        static Optional<Kind> find(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    public static CapturedServer reachable(Kind kind, ServerId id) {
        return new CapturedServer(kind, id, Optional.empty());
    }

    public static CapturedServer unreachable(Kind kind, ServerId id, String reason) {
        return new CapturedServer(kind, id, Optional.of(reason));
    }
}
