package io.promwarden.job;

import io.promwarden.job.YamlNode.Entry;
import io.promwarden.job.YamlNode.Kind;
import io.promwarden.job.YamlNode.Mapping;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import io.promwarden.job.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A map of a job file, read by type. A value that is missing or of another type is simply not there: the schema has
 * already said so.
 */
record Fields(Mapping map) {

    static Optional<Fields> of(YamlNode node) {
        return node instanceof Mapping map ? Optional.of(new Fields(map)) : Optional.empty();
    }

    static List<Fields> each(List<YamlNode> nodes) {
        return nodes.stream().flatMap(node -> of(node).stream()).toList();
    }

    static List<Scalar> texts(List<YamlNode> nodes) {
        return nodes.stream().flatMap(node -> scalar(node, Kind.TEXT).stream()).toList();
    }

    Mark at() {
        return map.at();
    }

    boolean has(String key) {
        return map.entries().containsKey(key);
    }

    /** Where the key stands; the map itself, where there is no such key. */
    Mark key(String key) {
        Entry entry = map.entries().get(key);
        return entry == null ? map.at() : entry.key();
    }

    Optional<YamlNode> value(String key) {
        return Optional.ofNullable(map.entries().get(key)).map(Entry::value);
    }

    Optional<Scalar> text(String key) {
        return value(key).flatMap(node -> scalar(node, Kind.TEXT));
    }

    boolean flag(String key, boolean otherwise) {
        return value(key)
                .flatMap(node -> scalar(node, Kind.FLAG))
                .map(scalar -> scalar.text().equalsIgnoreCase("true"))
                .orElse(otherwise);
    }

    OptionalLong whole(String key) {
        return value(key)
                .flatMap(node -> scalar(node, Kind.WHOLE))
                .map(scalar -> OptionalLong.of(Long.parseLong(scalar.text())))
                .orElse(OptionalLong.empty());
    }

    Optional<Fields> map(String key) {
        return value(key).flatMap(Fields::of);
    }

    /** The list's entries; none where there is no list. */
    List<YamlNode> list(String key) {
        return value(key)
                .map(node -> node instanceof Sequence list ? list.entries() : List.<YamlNode>of())
                .orElse(List.of());
    }

    private static Optional<Scalar> scalar(YamlNode node, Kind kind) {
        return node instanceof Scalar scalar && scalar.kind() == kind ? Optional.of(scalar) : Optional.empty();
    }
}
