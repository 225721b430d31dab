package io.promwarden.mail;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * One SMTP server.
 *
 * @param trust whom TLS trusts; empty: the JDK's own certificate authorities. The host name is checked either way.
 */
public record SmtpSettings(
        String host,
        int port,
        Security security,
        Optional<Login> login,
        Optional<SSLContext> trust,
        Timeouts timeouts) {

    /** How the connection is secured. */
    public enum Security {
        /** STARTTLS, and no mail without it. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS,
        /** Clear text. */
        NONE
    }

    /** Who sends. The password is in clear here, and shown nowhere. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /**
     * How long the server may take.
     *
     * @param read for one answer; after the message a server may work for minutes before it says yes
     */
    public record Timeouts(Duration connect, Duration read, Duration write) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(15), Duration.ofMinutes(3), Duration.ofMinutes(1));
    }
}
