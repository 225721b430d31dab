package io.promwarden.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file. */
final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(YamlNode.Mark at, String message, String remedy) {
        found.add(new Problem(file, at.line(), at.column(), message, remedy));
    }

    boolean has(YamlNode.Mark at) {
        return found.stream().anyMatch(problem -> problem.line() == at.line() && problem.column() == at.column());
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
