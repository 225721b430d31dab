package io.promwarden.admission;

import io.promwarden.finding.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in an object.
 *
 * @param path e.g. {@code spec.endpoints[0].interval}; empty for the object itself
 * @param name the field that it is, or that the list is which it stands in
 * @param secret no value from here on is ever shown
 */
record Place(String path, String name, boolean secret) {

    static final Place ROOT = new Place("", "", false);

    private static final int LONGEST = 80;
    private static final Set<String> SECRET =
            Set.of("params", "headers", "httpHeaders", "proxyConnectHeader", "endpointParams");

    Place field(String field) {
        return new Place(path.isEmpty() ? field : path + "." + field, field, secret || SECRET.contains(field));
    }

    Place entry(int index) {
        return new Place(path + "[" + index + "]", name, secret);
    }

    /** The value in quotes, or a word for it where it may be a secret: a URL without its scheme can still hold a password. */
    String shown(@Nullable Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return secret ? "the value" : value.toString();
        }
        if (!(value instanceof String text) || secret || text.indexOf('@') >= 0 || text.indexOf('?') >= 0) {
            return "the value";
        }
        return '"' + VisibleText.line(text, LONGEST) + '"';
    }

    /** The values of an entry's keys. */
    String keys(Map<?, ?> entry, List<String> keys) {
        List<String> shown = new ArrayList<>();
        for (String key : keys) {
            shown.add(shown(entry.get(key)));
        }
        return String.join(", ", shown);
    }

    static String listed(List<Object> choices) {
        List<String> words = new ArrayList<>();
        choices.forEach(choice -> words.add(String.valueOf(choice)));
        return String.join(", ", words);
    }
}
