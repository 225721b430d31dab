package io.promwarden.job;

import java.util.List;
import java.util.Optional;

/** Where a report is delivered to. */
public sealed interface ChannelSpec {

    /** Unique in the job. */
    String name();

    /** SMTP. Addresses come from the job alone, never from the cluster. */
    record Mail(
            String name, String host, int port, Security security, Optional<Login> login, String from, List<String> to)
            implements ChannelSpec {
        public Mail {
            to = List.copyOf(to);
        }
    }

    /** A JSON document by POST. The URL is a secret where it holds a token. */
    record Webhook(String name, Location url, Credentials credentials, TlsSpec tls) implements ChannelSpec {}

    /** A URL, written out or by reference. */
    sealed interface Location {
        record Plain(java.net.URI url) implements Location {}

        record Secret(SecretRef reference) implements Location {}
    }

    record Login(String user, SecretRef password) {}

    /** How an SMTP connection is secured. */
    enum Security {
        /** STARTTLS, and no mail without it. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** Clear text: only when the job says so. */
        NONE
    }
}
