package io.promwarden.job;

import io.promwarden.job.YamlNode.Entry;
import io.promwarden.job.YamlNode.Kind;
import io.promwarden.job.YamlNode.Mapping;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import io.promwarden.job.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the library's nodes into ours. Aliases are followed, with a budget: a few lines can stand for billions of values,
 * or for a list that holds itself.
 */
final class YamlConversion {

    private static final int MOST_VALUES = 100_000;
    private static final int DEEPEST = 60;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

    private final Problems problems;
    private int values;
    private boolean exhausted;

    YamlConversion(Problems problems) {
        this.problems = problems;
    }

    YamlNode convert(Node root) {
        return convert(root, 0);
    }

    static Mark mark(org.yaml.snakeyaml.error.@Nullable Mark mark) {
        return mark == null ? Mark.START : new Mark(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private YamlNode convert(Node node, int depth) {
        Mark at = mark(node.getStartMark());
        if (exhausted || ++values > MOST_VALUES || depth > DEEPEST) {
            exhaust(at);
            return new Scalar(at, Kind.EMPTY, "");
        }
        return switch (node) {
            case MappingNode map -> mapping(map, at, depth);
            case SequenceNode list -> sequence(list, at, depth);
            case ScalarNode scalar -> scalar(scalar, at);
            default -> throw new IllegalStateException("a kind of YAML node that nobody knows: " + node.getNodeId());
        };
    }

    private void exhaust(Mark at) {
        if (!exhausted) {
            problems.add(
                    at,
                    "the aliases (*name) of this file stand for more values than a job can have",
                    "Write the values out instead of repeating them by alias.");
        }
        exhausted = true;
    }

    private Mapping mapping(MappingNode node, Mark at, int depth) {
        standard(node, at);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (exhausted) {
                break;
            }
            Mark key = mark(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                problems.add(key, "a key must be a word, not a list or a map", "Write it as key: value.");
                continue;
            }
            if (name.getTag().equals(Tag.MERGE)) {
                problems.add(key, "merge keys (<<) are not supported", "Write the keys out here.");
                continue;
            }
            Entry earlier = entries.get(name.getValue());
            if (earlier != null) {
                problems.add(
                        key,
                        "the key " + Echo.quoted(name.getValue()) + " is here twice, first in line "
                                + earlier.key().line(),
                        "Keep one of them.");
                continue;
            }
            entries.put(name.getValue(), new Entry(key, convert(tuple.getValueNode(), depth + 1)));
        }
        return new Mapping(at, entries);
    }

    private Sequence sequence(SequenceNode node, Mark at, int depth) {
        standard(node, at);
        List<YamlNode> entries = new ArrayList<>();
        for (Node entry : node.getValue()) {
            if (exhausted) {
                break;
            }
            entries.add(convert(entry, depth + 1));
        }
        return new Sequence(at, entries);
    }

    private Scalar scalar(ScalarNode node, Mark at) {
        standard(node, at);
        return new Scalar(at, kind(node), node.getValue());
    }

    private void standard(Node node, Mark at) {
        if (!Tag.standardTags.contains(node.getTag()) && !node.getTag().equals(Tag.MERGE)) {
            problems.add(at, "YAML tags (!name) are not supported", "Remove the tag; write the value alone.");
        }
    }

    private static Kind kind(ScalarNode node) {
        String text = node.getValue();
        if (!node.isPlain() || node.getTag().equals(Tag.STR)) {
            return Kind.TEXT;
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Kind.EMPTY;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> Kind.FLAG;
            default -> number(text);
        };
    }

    private static Kind number(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Kind.WHOLE;
        }
        return DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
    }
}
