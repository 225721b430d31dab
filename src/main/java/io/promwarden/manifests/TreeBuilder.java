package io.promwarden.manifests;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns YAML nodes into the JSON tree that kubectl would send. A key that stands twice is an error, as for a strict API
 * server; aliases are expanded, up to a limit that an alias bomb meets early.
 */
final class TreeBuilder {

    private static final int MOST_NODES = 2_000_000;
    private static final int DEEPEST = 200;

    private int nodes;
    private int depth;

    /** Something that is YAML and still no JSON tree. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Mark mark;
        private final String problem;

        Unreadable(Node node, String problem) {
            super(problem);
            this.mark = node.getStartMark();
            this.problem = problem;
        }

        Mark mark() {
            return mark;
        }

        String problem() {
            return problem;
        }
    }

    Map<String, @Nullable Object> mapping(MappingNode node) throws Unreadable {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<MappingNode> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode key)) {
                throw new Unreadable(keyNode, "a key must be a word");
            }
            if (key.getTag().equals(Tag.MERGE)) {
                collect(tuple.getValueNode(), merged);
                continue;
            }
            if (map.containsKey(key.getValue())) {
                throw new Unreadable(key, "the key '" + key.getValue() + "' stands here twice");
            }
            map.put(key.getValue(), value(tuple.getValueNode()));
        }
        for (MappingNode source : merged) {
            enter(source);
            try {
                mapping(source).forEach(map::putIfAbsent);
            } finally {
                depth--;
            }
        }
        return map;
    }

    private static void collect(Node node, List<MappingNode> merged) throws Unreadable {
        if (node instanceof MappingNode mapping) {
            merged.add(mapping);
        } else if (node instanceof SequenceNode sequence) {
            for (Node entry : sequence.getValue()) {
                collect(entry, merged);
            }
        } else {
            throw new Unreadable(node, "'<<' takes a mapping");
        }
    }

    private @Nullable Object value(Node node) throws Unreadable {
        enter(node);
        try {
            return switch (node) {
                case MappingNode mapping -> mapping(mapping);
                case SequenceNode sequence -> {
                    List<@Nullable Object> list = new ArrayList<>();
                    for (Node entry : sequence.getValue()) {
                        list.add(value(entry));
                    }
                    yield list;
                }
                case ScalarNode scalar -> scalar(scalar);
                case AnchorNode anchor -> value(anchor.getRealNode());
                default -> throw new Unreadable(node, "unknown kind of YAML node");
            };
        } finally {
            depth--;
        }
    }

    private void enter(Node node) throws Unreadable {
        nodes++;
        depth++;
        if (nodes > MOST_NODES) {
            throw new Unreadable(node, "aliases make it expand to more than " + MOST_NODES + " values");
        }
        if (depth > DEEPEST) {
            depth--;
            throw new Unreadable(node, "it is nested more than " + DEEPEST + " deep");
        }
    }

    private static @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT));
        }
        if (tag.equals(Tag.INT)) {
            return whole(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return fraction(text);
        }
        return text;
    }

    /** Numbers as JSON has them; what only YAML 1.1 calls a number (base 60) stays text. */
    private static Object whole(String text) {
        String digits = text.replace("_", "");
        try {
            if (digits.matches("[-+]?(0|[1-9][0-9]*)")) {
                BigInteger number = new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits);
                return number.bitLength() < 64 ? (Object) number.longValueExact() : number.doubleValue();
            }
            if (digits.matches("0x[0-9a-fA-F]+|[-+]?0[0-7]+")) {
                return Long.decode(digits);
            }
        } catch (NumberFormatException e) {
            return text;
        }
        return text;
    }

    private static Object fraction(String text) {
        try {
            double number = Double.parseDouble(text.replace("_", ""));
            return Double.isFinite(number) ? (Object) number : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
