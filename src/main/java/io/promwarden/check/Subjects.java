package io.promwarden.check;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Subject;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a check is asked about, one after the other.
 *
 * @param needs what has to be known to list them
 * @param all every subject of the evidence, each once; unknown when they can't be listed
 * @param name what a finding about one of them is filed under
 */
public record Subjects<S>(
        Set<Need> needs, Function<Evidence, Answer<Stream<S>>> all, BiFunction<Evidence, S, Subject> name) {

    /** The cluster as a whole: one subject. */
    public static final Subjects<String> CLUSTER = new Subjects<>(
            Set.of(),
            evidence -> Answer.known(Stream.of(evidence.cluster())),
            (evidence, cluster) -> new Subject(cluster, "Cluster", "", cluster));

    public Subjects {
        needs = Set.copyOf(needs);
    }
}
