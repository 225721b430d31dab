package io.promwarden.catalog;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Question;
import io.promwarden.label.Labels;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Target;
import io.promwarden.observation.TargetsSeen;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which targets have been down for a quarter of an hour: a pod that is just being replaced is not among them. */
public final class LongDown {

    /** Gives every target that was never up in that time. */
    private static final String QUERY = "max_over_time(up[15m]) == 0";

    private final Map<ServerId, Answer<Set<Labels>>> byServer = new HashMap<>();

    private LongDown() {}

    public static LongDown of(Evidence evidence) {
        return evidence.derived(LongDown.class, every -> new LongDown());
    }

    /** What to ask before: one question of each server that has one of these targets down. */
    public static List<Question> questions(Collection<TargetsSeen.Seen> targets) {
        return targets.stream()
                .filter(seen -> seen.target().health() == Target.Health.DOWN)
                .map(seen -> new Question(seen.server(), QUERY))
                .distinct()
                .toList();
    }

    /** Where the server can't say since when, being down now is what counts. */
    public boolean holds(TargetsSeen.Seen seen, Evidence evidence) {
        if (seen.target().health() != Target.Health.DOWN) {
            return false;
        }
        return byServer.computeIfAbsent(
                        seen.server(),
                        server -> evidence.answer(new Question(server, QUERY)).map(LongDown::labels))
                .value()
                .map(labels -> labels.contains(seen.target().labels()))
                .orElse(true);
    }

    private static Set<Labels> labels(List<Sample> samples) {
        Set<Labels> labels = new HashSet<>();
        samples.forEach(sample -> labels.add(sample.labels().without("__name__")));
        return labels;
    }
}
