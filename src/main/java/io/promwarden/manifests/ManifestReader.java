package io.promwarden.manifests;

import io.promwarden.inventory.Position;
import io.promwarden.inventory.RawObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads objects from YAML with any number of documents, or from JSON, of which YAML is a superset. */
public final class ManifestReader {

    private static final int LARGEST = 64 * 1024 * 1024;
    private static final int DEEPEST = 100;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String KUSTOMIZE = "kustomize.config.k8s.io/";

    /** Whether these have a name is judged with the rest of them. */
    private static final String OPERATOR = "monitoring.coreos.com/";

    /** An escaped slash whose backslash is not itself escaped. */
    private static final Pattern JSON_SLASH = Pattern.compile("((?<!\\\\)(?:\\\\\\\\)*)\\\\/");

    private ManifestReader() {}

    /** The objects of a file; a file that can't be opened is a problem at its first line. */
    public static Manifests read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            return failed(file.toString(), "it is not UTF-8");
        } catch (IOException e) {
            return failed(file.toString(), "it can't be read: " + e.getMessage());
        }
    }

    /**
     * The objects of a text.
     *
     * @param file what positions call it
     */
    public static Manifests parse(String file, String given) {
        String text = given.startsWith(BYTE_ORDER_MARK) ? given.substring(1) : given;
        List<RawObject> objects = new ArrayList<>();
        List<Manifests.Problem> problems = new ArrayList<>();
        try {
            // Most files are sound as a whole, and nothing is read twice.
            for (Node document : documents(json(text))) {
                read(file, 0, document, objects, problems);
            }
            return new Manifests(objects, problems);
        } catch (YAMLException e) {
            return oneByOne(file, text);
        }
    }

    /** Document after document, so that one that is broken is all that is lost. */
    private static Manifests oneByOne(String file, String text) {
        List<RawObject> objects = new ArrayList<>();
        List<Manifests.Problem> problems = new ArrayList<>();
        for (DocumentSplit.Part part : DocumentSplit.parts(text)) {
            List<Node> documents = new ArrayList<>();
            try {
                documents(json(part.text())).forEach(documents::add);
            } catch (MarkedYAMLException e) {
                Mark mark = e.getProblemMark();
                problems.add(new Manifests.Problem(
                        mark == null
                                ? new Position(file, part.linesBefore() + 1, 1)
                                : position(file, part.linesBefore(), mark),
                        "not YAML: " + Optional.ofNullable(e.getProblem()).orElse("syntax error")));
                continue;
            } catch (YAMLException e) {
                problems.add(new Manifests.Problem(
                        new Position(file, part.linesBefore() + 1, 1), "not YAML: " + e.getMessage()));
                continue;
            }
            documents.forEach(document -> read(file, part.linesBefore(), document, objects, problems));
        }
        return new Manifests(objects, problems);
    }

    private static Iterable<Node> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        return new Yaml(options).composeAll(new StringReader(text));
    }

    /** JSON may be indented by tabs, which YAML refuses, and write a slash as {@code \\/}. No string can hold a bare tab. */
    private static String json(String text) {
        boolean json = text.stripLeading().startsWith("{") && (text.indexOf('\t') >= 0 || text.contains("\\/"));
        return json ? JSON_SLASH.matcher(text.replace('\t', ' ')).replaceAll("$1/") : text;
    }

    private static void read(
            String file, int linesBefore, Node document, List<RawObject> objects, List<Manifests.Problem> problems) {
        if (document instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
            return;
        }
        TreeBuilder trees = new TreeBuilder();
        List<Node> entries = items(document).map(SequenceNode::getValue).orElse(List.of(document));
        for (Node entry : entries) {
            try {
                add(file, linesBefore, entry, trees, objects, problems);
            } catch (TreeBuilder.Unreadable e) {
                problems.add(new Manifests.Problem(position(file, linesBefore, e.mark()), e.problem()));
            }
        }
    }

    private static void add(
            String file,
            int linesBefore,
            Node node,
            TreeBuilder trees,
            List<RawObject> objects,
            List<Manifests.Problem> problems)
            throws TreeBuilder.Unreadable {
        Position position = position(file, linesBefore, node.getStartMark());
        if (!(node instanceof MappingNode mapping)) {
            problems.add(new Manifests.Problem(position, "not a Kubernetes object: a mapping was expected"));
            return;
        }
        Map<String, @Nullable Object> tree = trees.mapping(mapping);
        RawObject object = new RawObject(tree, Optional.of(position));
        if (object.apiVersion().startsWith(KUSTOMIZE)) {
            // It builds objects and is none; it may lie in the folder with them.
            return;
        }
        if (object.kind().isEmpty() || object.apiVersion().isEmpty()) {
            problems.add(new Manifests.Problem(position, "not a Kubernetes object: it lacks apiVersion or kind"));
        } else if (object.name().isEmpty()
                && !object.apiVersion().startsWith(OPERATOR)
                && !object.has("metadata", "generateName")) {
            problems.add(new Manifests.Problem(position, object.kind() + " without metadata.name"));
        } else {
            objects.add(object);
        }
    }

    /** The entries of a {@code List} of any kind, as {@code kubectl get -o yaml} writes it. */
    private static Optional<SequenceNode> items(Node document) {
        if (!(document instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        boolean list = false;
        SequenceNode items = null;
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (key.equals("kind") && tuple.getValueNode() instanceof ScalarNode kind) {
                list = kind.getValue().endsWith("List");
            }
            if (key.equals("items") && tuple.getValueNode() instanceof SequenceNode sequence) {
                items = sequence;
            }
        }
        return list ? Optional.ofNullable(items) : Optional.empty();
    }

    private static Manifests failed(String file, String message) {
        return new Manifests(List.of(), List.of(new Manifests.Problem(new Position(file, 1, 1), message)));
    }

    private static Position position(String file, int linesBefore, Mark mark) {
        return new Position(file, linesBefore + mark.getLine() + 1, mark.getColumn() + 1);
    }
}
