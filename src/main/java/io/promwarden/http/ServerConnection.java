package io.promwarden.http;

import java.net.URI;
import java.time.Duration;

/**
 * How one server is reached directly.
 *
 * @param base http or https, with the route prefix if there is one; without user info, query
 *     and fragment
 * @param authorization sent to this server and to no other: redirects are never followed
 * @param bodyCap bytes that one answer's body may have; what is larger is given up, not cut
 * @param connectTimeout for TCP and TLS together
 */
public record ServerConnection(
        URI base, Authorization authorization, TlsMaterial tls, long bodyCap, Duration connectTimeout) {

    public static final long DEFAULT_BODY_CAP = 256L << 20;
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public ServerConnection {
        String scheme = base.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || base.getHost() == null) {
            throw new IllegalArgumentException("not an http or https address");
        }
        if (base.getRawUserInfo() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("an address has no user info or fragment");
        }
        if (bodyCap <= 0) {
            throw new IllegalArgumentException("not a cap: " + bodyCap);
        }
    }

    /** A server that wants no credentials, with the usual cap. */
    public static ServerConnection to(URI base) {
        return new ServerConnection(
                base, Authorization.NONE, TlsMaterial.NONE, DEFAULT_BODY_CAP, DEFAULT_CONNECT_TIMEOUT);
    }

    public ServerConnection with(Authorization other) {
        return new ServerConnection(base, other, tls, bodyCap, connectTimeout);
    }

    public ServerConnection with(TlsMaterial other) {
        return new ServerConnection(base, authorization, other, bodyCap, connectTimeout);
    }

    public ServerConnection withBodyCap(long bytes) {
        return new ServerConnection(base, authorization, tls, bytes, connectTimeout);
    }

    public ServerConnection withConnectTimeout(Duration timeout) {
        return new ServerConnection(base, authorization, tls, bodyCap, timeout);
    }

    /** Host and port, for reasons and logs. */
    String place() {
        return base.getRawAuthority();
    }

    /** The address of a path below the base, with a query string if it isn't empty. */
    URI at(String path, String query) {
        String prefix = base.getRawPath() == null ? "" : base.getRawPath();
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        return URI.create(base.getScheme() + "://" + place() + prefix + path + (query.isEmpty() ? "" : "?" + query));
    }
}
