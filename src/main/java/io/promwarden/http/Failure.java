package io.promwarden.http;

import io.promwarden.http.HttpAnswer.Unanswered;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says in words why there is no answer, from the exceptions of the JDK's client. */
record Failure(ServerConnection connection, Duration timeout) {

    static Unanswered late(Duration timeout) {
        return new Unanswered("no whole answer within " + seconds(timeout), true);
    }

    Unanswered of(Throwable thrown) {
        if (among(thrown, CappedBody.TooLargeException.class) != null) {
            return new Unanswered("the answer is larger than the cap of " + size(connection.bodyCap()), true);
        }
        SSLException tls = among(thrown, SSLException.class);
        if (tls != null) {
            // After the handshake the request may have gone out.
            return new Unanswered(tls(tls), !(tls instanceof SSLHandshakeException || speaksNoTls(tls)));
        }
        if (among(thrown, UnresolvedAddressException.class) != null
                || among(thrown, UnknownHostException.class) != null) {
            return new Unanswered("the name " + connection.base().getHost() + " is not known", false, true);
        }
        if (among(thrown, HttpConnectTimeoutException.class) != null) {
            return new Unanswered(
                    "no connection to " + connection.place() + " within " + seconds(connection.connectTimeout()),
                    false);
        }
        if (among(thrown, NoRouteToHostException.class) != null) {
            return new Unanswered("there is no route to " + connection.place(), false, true);
        }
        if (among(thrown, ConnectException.class) != null) {
            return new Unanswered(connection.place() + " refuses the connection", false, true);
        }
        if (among(thrown, HttpTimeoutException.class) != null) {
            return late(timeout);
        }
        IOException broken = among(thrown, IOException.class);
        if (broken != null) {
            return new Unanswered("the connection broke before the whole answer had come" + detail(broken), true, true);
        }
        throw new IllegalStateException("the HTTP client failed in an unknown way", thrown);
    }

    private String tls(SSLException thrown) {
        String said = allMessages(thrown).toLowerCase(Locale.ROOT);
        if (among(thrown, CertificateExpiredException.class) != null) {
            return "the certificate of " + connection.place() + " has expired";
        }
        if (said.contains("no subject alternative") || said.contains("no name matching")) {
            return "the certificate of " + connection.place() + " is for another name than "
                    + connection.base().getHost();
        }
        if (said.contains("path building failed") || said.contains("path validation failed")) {
            return "the certificate of " + connection.place()
                    + " is not trusted: name the authority that signed it as the server's CA";
        }
        if (said.contains("certificate_required") || said.contains("bad_certificate")) {
            return connection.place() + " wants a client certificate, or another one";
        }
        if (speaksNoTls(thrown)) {
            return connection.place() + " doesn't speak TLS: is it http?";
        }
        return "TLS with " + connection.place() + " failed: " + oneLine(String.valueOf(thrown.getMessage()));
    }

    private static boolean speaksNoTls(SSLException thrown) {
        String said = allMessages(thrown).toLowerCase(Locale.ROOT);
        return said.contains("unrecognized ssl message") || said.contains("not an ssl/tls record");
    }

    private static String detail(IOException broken) {
        String said = broken.getMessage();
        return said == null || broken instanceof EOFException ? "" : " (" + oneLine(said) + ")";
    }

    private static String allMessages(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            all.append(at.getMessage()).append('\n');
        }
        return all.toString();
    }

    private static <E extends Throwable> @Nullable E among(Throwable thrown, Class<E> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String size(long bytes) {
        return bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }
}
