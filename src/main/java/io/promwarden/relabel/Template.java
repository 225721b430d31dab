package io.promwarden.relabel;

import com.google.re2j.Matcher;
import java.util.Map;

/**
 * Go's way to write groups into a text: {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}}, {@code $$} for a
 * dollar. A name is as long as letters, digits and underscores go on ({@code $1x} is the group {@code 1x}); a group that
 * doesn't exist or didn't match is empty; a dollar before anything else stays.
 */
final class Template {

    private Template() {}

    static String expand(String template, Matcher match) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (true) {
            int dollar = template.indexOf('$', at);
            if (dollar < 0) {
                return text.append(template, at, template.length()).toString();
            }
            text.append(template, at, dollar);
            at = dollar + 1;
            if (template.startsWith("$", at)) {
                text.append('$');
                at++;
                continue;
            }
            boolean braced = template.startsWith("{", at);
            int start = braced ? at + 1 : at;
            int end = nameEnd(template, start);
            if (end == start || (braced && !template.startsWith("}", end))) {
                text.append('$');
                continue;
            }
            text.append(group(template.substring(start, end), match));
            at = braced ? end + 1 : end;
        }
    }

    private static int nameEnd(String template, int start) {
        int end = start;
        while (end < template.length()) {
            int letter = template.codePointAt(end);
            // Go's digits are Unicode's decimal digits, as are Java's.
            if (letter != '_' && !Character.isLetter(letter) && !Character.isDigit(letter)) {
                return end;
            }
            end += Character.charCount(letter);
        }
        return end;
    }

    private static String group(String name, Matcher match) {
        int number = number(name);
        if (number < 0) {
            Map<String, Integer> named = match.pattern().namedGroups();
            number = named.getOrDefault(name, -1);
        }
        if (number < 0 || number > match.groupCount()) {
            return "";
        }
        String group = match.group(number);
        return group == null ? "" : group;
    }

    /** The number that a name is; -1 for one with a letter, a leading zero or more digits than a group can have. */
    private static int number(String name) {
        if (name.length() > 9 || (name.length() > 1 && name.charAt(0) == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < name.length(); i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
