package io.promwarden.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML document, with the place where it stands. */
sealed interface YamlNode {

    Mark at();

    /** How a user would call it, e.g. {@code a list}. */
    String noun();

    /** A place in a file; both count from 1. */
    record Mark(int line, int column) {
        static final Mark START = new Mark(1, 1);
    }

    record Mapping(Mark at, Map<String, Entry> entries) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String noun() {
            return "a map of keys";
        }
    }

    /**
     * A value of a map.
     *
     * @param key where its key stands
     */
    record Entry(Mark key, YamlNode value) {}

    record Sequence(Mark at, List<YamlNode> entries) implements YamlNode {
        public Sequence {
            entries = List.copyOf(entries);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    record Scalar(Mark at, Kind kind, String text) implements YamlNode {
        @Override
        public String noun() {
            return switch (kind) {
                case TEXT -> "text";
                case WHOLE, DECIMAL -> "a number";
                case FLAG -> "true or false";
                case EMPTY -> "empty";
            };
        }
    }

    /** What a scalar is by YAML 1.2's core schema, as editors read it too. */
    enum Kind {
        TEXT,
        WHOLE,
        DECIMAL,
        FLAG,
        EMPTY
    }
}
