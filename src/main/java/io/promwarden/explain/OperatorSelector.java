package io.promwarden.explain;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.promwarden.inventory.LabelSelector;
import io.promwarden.inventory.Monitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A monitor's selector as the operator turns it into relabeling: label names lose their dots, dashes and slashes, and values
 * are regular expressions, so {@code v1.2} also matches {@code v1x2}. With {@code selectorMechanism: RoleSelector} Kubernetes
 * itself selects.
 */
public final class OperatorSelector {

    private final LabelSelector selector;
    private final boolean byApiServer;
    private final List<Wanted> wanted = new ArrayList<>();
    /** Label names are few and objects many. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    /** {@code pattern} is empty where the label's presence alone counts. */
    private record Wanted(String key, Optional<Pattern> pattern, boolean holds) {}

    private OperatorSelector(LabelSelector selector, boolean byApiServer) {
        this.selector = selector;
        this.byApiServer = byApiServer;
        selector.matchLabels().forEach((key, value) -> add(key, value, true));
        for (LabelSelector.Requirement requirement : selector.matchExpressions()) {
            String any = String.join("|", requirement.values());
            switch (requirement.operator()) {
                case "In" -> add(requirement.key(), any, true);
                case "NotIn" -> add(requirement.key(), any, false);
                case "Exists" -> wanted.add(new Wanted(sanitized(requirement.key()), Optional.empty(), true));
                case "DoesNotExist" -> wanted.add(new Wanted(sanitized(requirement.key()), Optional.empty(), false));
                default -> {
                    // the operator refuses the object
                }
            }
        }
    }

    public static OperatorSelector of(Monitor monitor) {
        return new OperatorSelector(
                monitor.selector().orElse(new LabelSelector(Map.of(), List.of())),
                monitor.raw()
                        .text("spec", "selectorMechanism")
                        .filter("RoleSelector"::equals)
                        .isPresent());
    }

    public LabelSelector selector() {
        return selector;
    }

    private void add(String key, String value, boolean holds) {
        wanted.add(new Wanted(sanitized(key), Optional.of(anchored(value)), holds));
    }

    /** A key and value that an object must have literally; empty where an index is of no use. */
    Optional<Map.Entry<String, String>> literal() {
        return selector.matchLabels().entrySet().stream()
                .filter(entry -> entry.getValue().matches("[A-Za-z0-9_-]+"))
                .map(entry -> Map.entry(sanitized(entry.getKey()), entry.getValue()))
                .findFirst();
    }

    public boolean matches(Map<String, String> labels) {
        if (byApiServer) {
            return selector.matches(labels);
        }
        Map<String, String> plain = new HashMap<>();
        labels.forEach((key, value) -> plain.put(names.computeIfAbsent(key, OperatorSelector::sanitized), value));
        for (Wanted one : wanted) {
            String value = plain.get(one.key());
            boolean there = value != null
                    && (one.pattern().isEmpty() || one.pattern().get().matches(value));
            if (there != one.holds()) {
                return false;
            }
        }
        return true;
    }

    static Pattern anchored(String expression) {
        try {
            return Pattern.compile("^(?s:" + expression + ")$");
        } catch (PatternSyntaxException e) {
            return Pattern.compile(Pattern.quote(expression));
        }
    }

    static String sanitized(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = c == '_' || (c < 128 && Character.isLetterOrDigit(c));
            plain.append(fits ? c : '_');
        }
        return plain.toString();
    }
}
