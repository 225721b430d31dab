package io.promwarden.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell; what comes from a cluster cannot move the cursor. */
final class TextTable {

    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> head) {
        rows.add(head);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(TextTable::cell).toList());
    }

    /**
     * Prints it.
     *
     * @param below a line under each row
     */
    void print(PrintWriter out, List<String> below) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (int number = 0; number < rows.size(); number++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = rows.get(number).get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            out.println(line.toString().stripTrailing());
            if (number > 0 && number <= below.size() && !below.get(number - 1).isBlank()) {
                out.println("    " + oneLine(below.get(number - 1)));
            }
        }
    }

    private static String cell(String text) {
        String one = oneLine(text);
        return one.length() <= WIDEST ? one : one.substring(0, WIDEST - 1) + "…";
    }

    private static String oneLine(String text) {
        return Terminal.safe(text).replace('\n', ' ');
    }
}
