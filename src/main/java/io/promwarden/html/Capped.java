package io.promwarden.html;

import io.promwarden.report.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The beginning of a list, and how much of it is left to report.json.
 *
 * @param more rows that are not shown
 */
public record Capped<T>(List<T> rows, int more) {
    public Capped {
        rows = List.copyOf(rows);
    }

    /**
     * As many rows as fit.
     *
     * @param most never more than this
     * @param texts what of a row is shown, for the budget
     */
    static <S, T> Capped<T> of(
            Collection<S> all, int most, Budget budget, Function<S, T> row, Function<T, List<String>> texts) {
        List<T> shown = new ArrayList<>();
        for (S one : all) {
            if (shown.size() == most) {
                break;
            }
            T made = row.apply(one);
            if (!budget.spend(0, texts.apply(made))) {
                break;
            }
            shown.add(made);
        }
        return new Capped<>(shown, all.size() - shown.size());
    }

    public boolean isEmpty() {
        return rows.isEmpty() && more == 0;
    }

    /** How many there are, shown or not. */
    public String count() {
        return Wording.number(rows.size() + (long) more);
    }

    /** How many more there are, as a reader wants it. */
    public String rest() {
        return Wording.number(more) + " more in report.json";
    }
}
