package io.promwarden.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong in one file. */
final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final Set<YamlNode.Mark> places = new HashSet<>();

    Problems(String file) {
        this.file = file;
    }

    void add(YamlNode.Mark at, String message, String remedy) {
        found.add(new Problem(file, at.line(), at.column(), message, remedy));
        places.add(at);
    }

    boolean has(YamlNode.Mark at) {
        return places.contains(at);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    String file() {
        return file;
    }

    /** In the order of the file, each once. */
    List<Problem> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line)
                        .thenComparingInt(Problem::column)
                        .thenComparing(Problem::message))
                .toList();
    }
}
