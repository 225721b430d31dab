package io.promwarden.finding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what may be a credential: the user info, query and fragment of every URL in it, and what stands
 * behind {@code Bearer} or {@code Basic}. Applied to whatever enters a finding, a log line or a capture.
 */
public final class Redaction {

    private static final Pattern URL = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)([^\\s\"'<>|\\\\]*)");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(bearer|basic)(\\s+|%20)([A-Za-z0-9._~+/=-]{8,})");

    private Redaction() {}

    /** The text without credentials in its URLs; a URL's scheme, host, port and path stay. */
    public static String text(String text) {
        if (text.indexOf("://") < 0 && text.indexOf(' ') < 0) {
            return text;
        }
        String withoutTokens = AUTHORIZATION.matcher(text).replaceAll("$1 [redacted]");
        return URL.matcher(withoutTokens)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + address(match.group(2), true)));
    }

    /** The same, and the path goes too: receivers and remote-write URLs often carry their token there. */
    public static String withoutPaths(String text) {
        return URL.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group(1) + address(match.group(2), false)));
    }

    private static String address(String afterScheme, boolean keepPath) {
        int end = firstOf(afterScheme, '?', '#');
        String rest = afterScheme.substring(0, end);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        // Everything up to the last '@' may be user info, even when a password holds a slash.
        int at = rest.lastIndexOf('@');
        if (at >= 0 && at > authority.length()) {
            return "[redacted]" + rest.substring(at);
        }
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        return authority + (keepPath ? path : "");
    }

    private static int firstOf(String text, char one, char other) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) {
                return i;
            }
        }
        return text.length();
    }
}
