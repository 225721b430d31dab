package io.promwarden.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text form of a field selector: {@code status.phase=Running,spec.nodeName!=one}. A backslash escapes a comma, an equals
 * sign or itself in a value.
 */
final class FieldSelectorGrammar {

    private static final List<String> OPERATORS = List.of("!=", "==", "=");

    private FieldSelectorGrammar() {}

    static Optional<String> problem(String selector) {
        for (String term : terms(selector)) {
            if (term.isEmpty()) {
                continue;
            }
            int value = valueAt(term);
            if (value < 0) {
                return Optional.of("\"" + term + "\" compares nothing; write it like status.phase=Running");
            }
            if (!unescapable(term.substring(value))) {
                return Optional.of("the value of \"" + term + "\" has a bare comma, equals sign or backslash; "
                        + "put a backslash before it");
            }
        }
        return Optional.empty();
    }

    private static List<String> terms(String selector) {
        List<String> terms = new ArrayList<>();
        int start = 0;
        boolean escaped = false;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == ',') {
                terms.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        terms.add(selector.substring(start));
        return terms;
    }

    private static int valueAt(String term) {
        for (int i = 0; i < term.length(); i++) {
            for (String operator : OPERATORS) {
                if (term.startsWith(operator, i)) {
                    return i + operator.length();
                }
            }
        }
        return -1;
    }

    private static boolean unescapable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '=') {
                return false;
            }
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
