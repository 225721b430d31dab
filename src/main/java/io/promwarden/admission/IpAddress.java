package io.promwarden.admission;

import java.util.regex.Pattern;

/** The text of an IP address, as Go reads it: no leading zeros in IPv4, IPv4 allowed at the end of IPv6. */
final class IpAddress {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final int GROUPS = 8;

    private IpAddress() {}

    static boolean isV4(String text) {
        return V4.matcher(text).matches();
    }

    /** True for an IPv6 address without a zone. */
    static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return text.indexOf(':') >= 0 && groups(text, true) == GROUPS;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before, false);
        int right = after.isEmpty() ? 0 : groups(after, true);
        return left >= 0 && right >= 0 && left + right < GROUPS;
    }

    /** How many groups of 16 bits this is; -1 if it is none. */
    private static int groups(String text, boolean mayEndInV4) {
        String[] groups = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            if (GROUP.matcher(groups[i]).matches()) {
                count++;
            } else if (mayEndInV4 && i == groups.length - 1 && isV4(groups[i])) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
