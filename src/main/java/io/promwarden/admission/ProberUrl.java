package io.promwarden.admission;

import java.util.Optional;
import java.util.regex.Pattern;

/** A Probe's prober: a host, or a host and a port; neither scheme nor path. */
final class ProberUrl {

    private static final Pattern DNS_NAME =
            Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62}(?:\\.[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62})*[._]?");
    private static final Pattern PORT = Pattern.compile("\\+?0*([0-9]{1,5})");
    private static final int LONGEST_NAME = 255;
    private static final int LARGEST_PORT = 65_535;

    private ProberUrl() {}

    /** What is wrong with it, as the operator judges since 0.89. */
    static Optional<String> problem(String url) {
        Optional<String> host = hostBeforePort(url);
        if (host.isEmpty()) {
            return isHost(url) ? Optional.empty() : Optional.of("it is no host and no host:port");
        }
        if (!isHost(host.get())) {
            return Optional.of("what stands before its port is no host");
        }
        return isPort(url.substring(url.lastIndexOf(':') + 1))
                ? Optional.empty()
                : Optional.of("its port is no number from 1 to 65535");
    }

    /** The same before 0.89, when an IPv6 address was none. */
    static Optional<String> problemBeforeIpV6(String url) {
        String[] parts = url.split(":", -1);
        if (!isHost(parts[0])) {
            return Optional.of("it is no host and no host:port");
        }
        return parts.length == 1 || isPort(parts[1])
                ? Optional.empty()
                : Optional.of("its port is no number from 1 to 65535");
    }

    /** The host as Go's {@code net.SplitHostPort} finds it; empty if that fails. */
    private static Optional<String> hostBeforePort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        if (!text.startsWith("[")) {
            String host = text.substring(0, colon);
            return host.indexOf(':') >= 0 || text.indexOf('[') >= 0 || text.indexOf(']') >= 0
                    ? Optional.empty()
                    : Optional.of(host);
        }
        int close = text.indexOf(']');
        if (close < 0 || close + 1 != colon || text.indexOf('[', 1) >= 0 || text.indexOf(']', close + 1) >= 0) {
            return Optional.empty();
        }
        return Optional.of(text.substring(1, close));
    }

    private static boolean isHost(String text) {
        return IpAddress.isV4(text)
                || IpAddress.isV6(text)
                || (text.replace(".", "").length() <= LONGEST_NAME
                        && DNS_NAME.matcher(text).matches());
    }

    private static boolean isPort(String text) {
        var matcher = PORT.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int port = Integer.parseInt(matcher.group(1));
        return port > 0 && port <= LARGEST_PORT;
    }
}
