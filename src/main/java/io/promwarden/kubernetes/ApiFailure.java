package io.promwarden.kubernetes;

import io.promwarden.finding.Redaction;
import io.promwarden.http.HttpAnswer.Unanswered;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says in words why an API server gave no answer. */
record ApiFailure(String place, String patience) {

    private static final int LONGEST = 200;

    Unanswered of(Throwable thrown) {
        UnreadableTokenException token = among(thrown, UnreadableTokenException.class);
        if (token != null) {
            return new Unanswered(token.reason(), false);
        }
        BodyCollector.TooLargeException large = among(thrown, BodyCollector.TooLargeException.class);
        if (large != null) {
            return new Unanswered(String.valueOf(large.getMessage()), true);
        }
        SSLException tls = among(thrown, SSLException.class);
        if (tls != null) {
            return new Unanswered(
                    "TLS with " + place + " failed: " + line(tls) + "; is the cluster's CA in the kubeconfig?",
                    !(tls instanceof SSLHandshakeException));
        }
        if (among(thrown, UnresolvedAddressException.class) != null
                || among(thrown, UnknownHostException.class) != null) {
            return new Unanswered("the name " + place + " is not known", false, true);
        }
        if (among(thrown, HttpConnectTimeoutException.class) != null) {
            return new Unanswered("no connection to " + place + " in time", false);
        }
        if (among(thrown, ConnectException.class) != null) {
            return new Unanswered(place + " refuses the connection", false, true);
        }
        if (among(thrown, HttpTimeoutException.class) != null) {
            return new Unanswered("no whole answer from " + place + " within " + patience, true);
        }
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return new Unanswered("the connection to " + place + " broke: " + line(last), true, true);
    }

    private static String line(Throwable thrown) {
        String message = thrown.getMessage();
        String text = message == null ? thrown.getClass().getSimpleName() : message;
        String first = Redaction.text(text.lines().findFirst().orElse(""));
        return first.length() > LONGEST ? first.substring(0, LONGEST) + "..." : first;
    }

    private static <E extends Throwable> @Nullable E among(Throwable thrown, Class<E> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
