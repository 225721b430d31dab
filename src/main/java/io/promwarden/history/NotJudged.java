package io.promwarden.history;

import io.promwarden.check.CheckResults;
import io.promwarden.finding.NotRun;
import java.util.List;

/** Which checks' silence means nothing in one cluster's results. */
sealed interface NotJudged {

    record Nothing() implements NotJudged {}

    record Everything() implements NotJudged {}

    /** Those that could not look at some subject at least; ids, never empty. */
    record Checks(List<String> ids) implements NotJudged {
        public Checks {
            ids = List.copyOf(ids);
        }
    }

    /** The first word of what was not done is a check's id, or else it stands for more than one check. */
    static NotJudged of(CheckResults results) {
        if (results.notRun().isEmpty()) {
            return new Nothing();
        }
        List<String> words = results.notRun().stream()
                .map(NotRun::what)
                .map(what -> what.split(" ", 2)[0])
                .distinct()
                .toList();
        boolean allChecks = words.stream().allMatch(word -> word.indexOf('/') > 0);
        return results.subjects() == 0 || !allChecks ? new Everything() : new Checks(words);
    }
}
