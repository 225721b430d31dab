package io.promwarden.retention;

import io.promwarden.answer.Answer;
import java.util.ArrayList;
import java.util.List;

/** Whether the TSDB failed at something in the last 24 h: what is broken already is not rewritten on top. */
final class RecentFailures {

    private record Question(String counter, String code, String what) {}

    private static final List<Question> QUESTIONS = List.of(
            new Question(LastDay.COMPACTIONS_FAILED, "compaction-failed", "a compaction"),
            new Question(LastDay.RELOADS_FAILED, "block-reload-failed", "reading its blocks anew"),
            new Question(LastDay.TRUNCATIONS_FAILED, "head-truncation-failed", "truncating its head"));

    private RecentFailures() {}

    static List<Refusal> refusals(PodObservations seen) {
        List<Refusal> refusals = new ArrayList<>();
        for (Question question : QUESTIONS) {
            switch (seen.condition().lastDay(question.counter())) {
                case Answer.Unknown<Double> unknown ->
                    refusals.add(new Refusal(
                            "failures-unknown",
                            "whether " + question.what() + " failed in the last 24 h is not known: " + unknown.why(),
                            "Let this Prometheus scrape itself, or restart it and wait a day."));
                case Answer.Known<Double> grown -> {
                    if (grown.known() > 0) {
                        refusals.add(new Refusal(
                                question.code(),
                                question.what() + " failed in the last 24 h ("
                                        + grown.known().longValue() + ")",
                                "Its log says why. Mend it, e.g. a broken block or a full disk, and wait a day."));
                    }
                }
            }
        }
        return refusals;
    }
}
