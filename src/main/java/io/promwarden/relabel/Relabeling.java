package io.promwarden.relabel;

import io.promwarden.label.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/**
 * A list of rules, applied in order. Does what {@code relabel.Process} of Prometheus does (model/relabel/relabel.go); a
 * property test holds it against a real server.
 *
 * <p>In two places Prometheus itself isn't of one mind. Where labelmap copies two labels to one name, the last one in
 * alphabetical order wins here and up to Prometheus 2.42; later versions look at labels in the order of their making. And
 * where a target label with a group in it gets an empty result, the label is removed here; 2.42 lets it stand.
 */
public final class Relabeling {

    private final List<RelabelRule> rules;
    private final NameScheme names;

    public Relabeling(List<RelabelRule> rules, NameScheme names) {
        this.rules = List.copyOf(rules);
        this.names = names;
    }

    /** What becomes of these labels. */
    public Relabeled apply(Labels labels) {
        Map<String, String> current = new TreeMap<>(labels.byName());
        for (int i = 0; i < rules.size(); i++) {
            if (drops(rules.get(i), current)) {
                return new Relabeled.Dropped(i, Labels.of(current));
            }
            change(rules.get(i), current);
        }
        return new Relabeled.Kept(Labels.of(current));
    }

    private boolean drops(RelabelRule rule, Map<String, String> labels) {
        return switch (rule.action()) {
            case KEEP -> !rule.regex().matches(joined(rule, labels), names);
            case DROP -> rule.regex().matches(joined(rule, labels), names);
            case KEEPEQUAL -> !value(labels, rule.targetLabel()).equals(joined(rule, labels));
            case DROPEQUAL -> value(labels, rule.targetLabel()).equals(joined(rule, labels));
            case REPLACE, HASHMOD, LABELMAP, LABELDROP, LABELKEEP, LOWERCASE, UPPERCASE -> false;
        };
    }

    private void change(RelabelRule rule, Map<String, String> labels) {
        switch (rule.action()) {
            case REPLACE -> replace(rule, labels);
            case HASHMOD -> set(labels, rule.targetLabel(), hash(joined(rule, labels), rule.modulus()));
            case LOWERCASE -> set(labels, rule.targetLabel(), mapped(joined(rule, labels), Character::toLowerCase));
            case UPPERCASE -> set(labels, rule.targetLabel(), mapped(joined(rule, labels), Character::toUpperCase));
            case LABELMAP -> copy(rule, labels);
            case LABELDROP -> labels.keySet().removeIf(name -> rule.regex().matches(name, names));
            case LABELKEEP -> labels.keySet().removeIf(name -> !rule.regex().matches(name, names));
            case KEEP, DROP, KEEPEQUAL, DROPEQUAL -> {
                // these change nothing
            }
        }
    }

    private void replace(RelabelRule rule, Map<String, String> labels) {
        rule.regex().match(joined(rule, labels), names).ifPresent(match -> {
            String target = Template.expand(rule.targetLabel(), match);
            if (names.allows(target)) {
                set(labels, target, Template.expand(rule.replacement(), match));
            }
        });
    }

    private void copy(RelabelRule rule, Map<String, String> labels) {
        new TreeMap<>(labels).forEach((name, value) -> {
            if (rule.regex().matches(name, names)) {
                set(labels, rule.regex().replaceAll(name, rule.replacement(), names), value);
            }
        });
    }

    private static String joined(RelabelRule rule, Map<String, String> labels) {
        return rule.sourceLabels().stream()
                .map(name -> value(labels, name))
                .collect(Collectors.joining(rule.separator()));
    }

    private static String value(Map<String, String> labels, String name) {
        return labels.getOrDefault(name, "");
    }

    /** An empty value removes the label. */
    private static void set(Map<String, String> labels, String name, String value) {
        if (value.isEmpty()) {
            labels.remove(name);
        } else {
            labels.put(name, value);
        }
    }

    /** The last eight bytes of the MD5 sum, unsigned. */
    private static String hash(String value, long modulus) {
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
            return Long.toUnsignedString(
                    Long.remainderUnsigned(ByteBuffer.wrap(sum).getLong(8), modulus));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** Letter by letter, as Go does: Java's own way for whole texts knows a final sigma and makes SS of one letter. */
    private static String mapped(String value, IntUnaryOperator letter) {
        return value.codePoints()
                .map(letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
