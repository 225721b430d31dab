package io.promwarden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of ARCHITECTURE.md: one row a package. */
record ArchitectureTable(Map<String, Row> rows) {

    /** One package: its floor, the packages of ours that it may import, and the prefixes of outside libraries. */
    record Row(String name, int floor, Set<String> mayImport, List<String> libraries) {
        boolean everything() {
            return mayImport.contains("everything");
        }
    }

    static ArchitectureTable read(Path page) {
        try {
            List<String[]> cells = Files.readAllLines(page).stream()
                    .filter(line -> line.matches("\\| [a-z]+ \\| [0-4] \\|.*"))
                    .map(line -> line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                    .toList();
            Map<Integer, List<String>> floors = cells.stream()
                    .collect(Collectors.groupingBy(
                            row -> Integer.parseInt(row[1].trim()),
                            Collectors.mapping(row -> row[0].trim(), Collectors.toList())));
            Map<String, Row> rows = new LinkedHashMap<>();
            for (String[] row : cells) {
                Set<String> mayImport = new TreeSet<>();
                for (String word : words(row[2])) {
                    if (word.startsWith("floor ")) {
                        mayImport.addAll(floors.getOrDefault(Integer.parseInt(word.substring(6)), List.of()));
                    } else {
                        mayImport.add(word);
                    }
                }
                String name = row[0].trim();
                rows.put(name, new Row(name, Integer.parseInt(row[1].trim()), mayImport, words(row[3])));
            }
            return new ArchitectureTable(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int floorOf(String name) {
        Row row = rows.get(name);
        if (row == null) {
            throw new IllegalArgumentException("ARCHITECTURE.md has no row for " + name);
        }
        return row.floor();
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.split(","))
                .map(String::trim)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
