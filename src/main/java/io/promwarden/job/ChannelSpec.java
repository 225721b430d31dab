package io.promwarden.job;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where a report is delivered to. */
public sealed interface ChannelSpec {

    /** Unique in the job. */
    String name();

    /** Where given, the channel is part of a run only if this is set and not empty; otherwise it is not set up. */
    Optional<SecretRef> onlyIf();

    /** SMTP. Addresses come from the job alone, never from the cluster. */
    record Mail(
            String name,
            Optional<SecretRef> onlyIf,
            String host,
            int port,
            Security security,
            Optional<Login> login,
            String from,
            List<String> to)
            implements ChannelSpec {
        public Mail {
            to = List.copyOf(to);
        }
    }

    /** A JSON document by POST. The URL is a secret where it holds a token. */
    record Webhook(String name, Optional<SecretRef> onlyIf, Location url, Credentials credentials, TlsSpec tls)
            implements ChannelSpec {}

    /** A URL, written out or by reference. */
    sealed interface Location {
        record Plain(URI url) implements Location {}

        record Secret(SecretRef reference) implements Location {}
    }

    record Login(String user, SecretRef password) {}

    /** How an SMTP connection is secured. */
    enum Security {
        /** STARTTLS, and no mail without it. */
        STARTTLS(587),
        /** TLS from the first byte. */
        TLS(465),
        /** Clear text: only when the job says so, and never with a password. */
        NONE(25);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }

        public int usualPort() {
            return usualPort;
        }
    }
}
