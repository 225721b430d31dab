package io.promwarden.job;

import io.promwarden.job.YamlNode.Mark;
import java.io.StringReader;
import java.util.Iterator;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/** Parses text that should be one YAML document. No object is ever constructed from a tag. */
final class YamlDocument {

    private static final int DEEPEST = 50;

    private YamlDocument() {}

    /** The document's value; empty after a problem was added. */
    static Optional<YamlNode> parse(String text, Problems problems) {
        try {
            Iterator<Node> documents =
                    new Yaml(options()).composeAll(new StringReader(text)).iterator();
            if (!documents.hasNext()) {
                return nothing(problems);
            }
            YamlNode root = new YamlConversion(problems).convert(documents.next());
            if (documents.hasNext()) {
                problems.add(
                        YamlConversion.mark(documents.next().getStartMark()),
                        "a second YAML document starts here",
                        "Keep one document in a file: remove the line ---, or move the rest to a file of its own.");
            }
            boolean empty = root instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.EMPTY;
            return empty ? nothing(problems) : Optional.of(root);
        } catch (MarkedYAMLException e) {
            problems.add(YamlConversion.mark(e.getProblemMark()), "not YAML: " + Echo.of(reason(e)), remedy(e, text));
        } catch (ReaderException e) {
            problems.add(
                    position(text, e.getPosition()),
                    "not YAML: a control character (U+%04X) stands here".formatted(e.getCodePoint()),
                    "Remove it; an editor may not show it.");
        } catch (YAMLException e) {
            // The one that has no mark: too many aliases for collections.
            problems.add(
                    Mark.START,
                    "too many aliases (*name) that repeat lists or maps",
                    "Write the values out, or repeat fewer of them.");
        }
        return Optional.empty();
    }

    private static Optional<YamlNode> nothing(Problems problems) {
        if (problems.isEmpty()) {
            problems.add(Mark.START, "the file is empty", "Start from one of the examples in jobs/.");
        }
        return Optional.empty();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(100);
        options.setAllowRecursiveKeys(false);
        options.setCodePointLimit(SourceFile.LARGEST + 1);
        return options;
    }

    private static String reason(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? "unexpected text" : e.getProblem();
        return e.getContext() == null ? problem : e.getContext() + ", " + problem;
    }

    private static String remedy(MarkedYAMLException e, String text) {
        int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
        String written = text.lines().skip(line).findFirst().orElse("");
        if (written.contains("\t")) {
            return "YAML is indented with spaces: replace the tab.";
        }
        if (written.contains("${")) {
            return "Inside { } or [ ] put quotes around a reference: \"${NAME}\".";
        }
        return "Look at this line and the one above it: indentation, a missing colon or quote.";
    }

    private static Mark position(String text, int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            boolean ends = text.charAt(i) == '\n';
            line = ends ? line + 1 : line;
            column = ends ? 1 : column + 1;
        }
        return new Mark(line, column);
    }
}
