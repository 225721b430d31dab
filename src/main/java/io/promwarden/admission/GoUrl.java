package io.promwarden.admission;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Go's {@code url.Parse} makes of a text. It forgives much (a blank in the path, any query) and refuses some things that
 * others take (a colon in the first segment of a relative path, a named port).
 *
 * @param scheme in lower case, empty if there is none
 * @param host with its port; empty if there is none
 * @param problem what is wrong, without any part of a credential
 */
record GoUrl(String scheme, String host, Optional<String> problem) {

    private static final Pattern PORT = Pattern.compile("(?::[0-9]*)?");
    private static final String IN_HOST = "-_.~!$&'()*+,;=:[]<>\"";
    private static final String IN_USER = "-._:~!$&'()*+,;=%@";

    static GoUrl parse(String text) {
        int hash = text.indexOf('#');
        String bare = hash < 0 ? text : text.substring(0, hash);
        if (bare.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return wrong("it holds a control character");
        }
        if (hash >= 0 && badEscape(text.substring(hash + 1))) {
            return wrong("it holds a bad percent escape");
        }
        if (bare.equals("*")) {
            return new GoUrl("", "", Optional.empty());
        }
        if (bare.startsWith(":")) {
            return wrong("its scheme is missing");
        }
        int colon = schemeEnd(bare);
        String scheme = colon < 0 ? "" : bare.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = withoutQuery(bare.substring(colon + 1));
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return new GoUrl(scheme, "", Optional.empty());
            }
            int slash = rest.indexOf('/');
            if (rest.substring(0, slash < 0 ? rest.length() : slash).indexOf(':') >= 0) {
                return wrong("without a scheme, the first part of its path must not hold a colon");
            }
        }
        if (!rest.startsWith("//") || (scheme.isEmpty() && rest.startsWith("///"))) {
            return badEscape(rest) ? wrong("it holds a bad percent escape") : new GoUrl(scheme, "", Optional.empty());
        }
        int path = rest.indexOf('/', 2);
        String authority = rest.substring(2, path < 0 ? rest.length() : path);
        Optional<String> problem = authorityProblem(scheme, authority);
        if (problem.isEmpty() && path >= 0 && badEscape(rest.substring(path))) {
            problem = Optional.of("it holds a bad percent escape");
        }
        return new GoUrl(scheme, authority.substring(authority.lastIndexOf('@') + 1), problem);
    }

    private static GoUrl wrong(String problem) {
        return new GoUrl("", "", Optional.of(problem));
    }

    /** Where the colon behind the scheme is; -1 if there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                return -1;
            }
        }
        return -1;
    }

    private static String withoutQuery(String text) {
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private static Optional<String> authorityProblem(String scheme, String authority) {
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        Optional<String> problem = hostProblem(scheme, authority.substring(at + 1));
        if (problem.isPresent() || at < 0) {
            return problem;
        }
        boolean plain = user.codePoints().allMatch(c -> c < 0x80 && (alphanumeric(c) || IN_USER.indexOf(c) >= 0));
        return plain && !badEscape(user)
                ? Optional.empty()
                : Optional.of("what stands before the @ holds a character that must be percent-escaped");
    }

    private static Optional<String> hostProblem(String scheme, String host) {
        int bracket = host.lastIndexOf('[');
        if (bracket > 0) {
            return Optional.of("its host holds a bracket");
        }
        if (bracket == 0) {
            return bracketedProblem(host);
        }
        int colon = host.indexOf(':');
        // Several colons are borne only where database drivers need them.
        int port = scheme.equals("http") || scheme.equals("https") ? colon : host.lastIndexOf(':');
        if (colon >= 0 && !PORT.matcher(host.substring(port)).matches()) {
            return Optional.of("its port is no number");
        }
        return unescapable(host, false) ? Optional.empty() : Optional.of("its host holds a forbidden character");
    }

    private static Optional<String> bracketedProblem(String host) {
        int close = host.lastIndexOf(']');
        if (close < 0) {
            return Optional.of("the bracket around its host is not closed");
        }
        if (!PORT.matcher(host.substring(close + 1)).matches()) {
            return Optional.of("its port is no number");
        }
        String inside = host.substring(1, close);
        int zone = inside.indexOf("%25");
        String address = zone < 0 ? inside : inside.substring(0, zone);
        boolean sound = unescapable(address, false)
                && (zone < 0 || (unescapable(inside.substring(zone), true) && inside.length() > zone + 3));
        return sound && address.indexOf('%') < 0 && IpAddress.isV6(address)
                ? Optional.empty()
                : Optional.of("what stands in brackets is no IPv6 address");
    }

    /** True if a host, or the zone of one, holds nothing that Go refuses there. */
    private static boolean unescapable(String text, boolean zone) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (c != '%') {
                if (c < 0x80 && !inHost(c)) {
                    return false;
                }
                continue;
            }
            int value = escaped(bytes, i);
            if (value < 0 || (value != '%' && !(zone ? value == ' ' || inHost(value) : value >= 0x80))) {
                return false;
            }
            i += 2;
        }
        return true;
    }

    private static boolean inHost(int c) {
        return alphanumeric(c) || (c < 0x80 && IN_HOST.indexOf(c) >= 0);
    }

    private static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean badEscape(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && escaped(bytes, i) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The byte that an escape stands for; -1 if it is none. */
    private static int escaped(byte[] bytes, int percent) {
        if (percent + 2 >= bytes.length) {
            return -1;
        }
        int high = Character.digit((char) (bytes[percent + 1] & 0xff), 16);
        int low = Character.digit((char) (bytes[percent + 2] & 0xff), 16);
        boolean ascii = bytes[percent + 1] > 0 && bytes[percent + 2] > 0;
        return ascii && high >= 0 && low >= 0 ? high * 16 + low : -1;
    }
}
