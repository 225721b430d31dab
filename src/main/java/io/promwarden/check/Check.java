package io.promwarden.check;

import io.promwarden.finding.CheckId;
import io.promwarden.finding.Severity;
import java.util.List;
import java.util.Set;

/**
 * One question that Promwarden asks of every subject of a kind. A check fetches nothing: it says what it needs, the
 * runner fetches, the check judges. It reports only on the subject that it was given, though it may look at all evidence.
 *
 * <p>Its id comes from its class: {@code catalog.monitor.NotScraped} is {@code monitor/not-scraped}, and so are its
 * page and its fixtures named.
 *
 * @param <S> what it is asked about
 */
public interface Check<S> {

    Subjects<S> subject();

    /** The worst that it can report; a finding may be milder. */
    Severity severity();

    /** What it can't judge without. A kind of object that can't be read, or a server's missing answer, is reported as not run. */
    Set<Need> needs();

    /** What makes its words better, and is fetched with the rest, but whose lack is no reason not to judge. */
    default Set<Need> wants() {
        return Set.of();
    }

    /** True if the subject's own text is all that it looks at: such a check can judge a file that stands for nothing else. */
    default boolean readsSubjectOnly() {
        return false;
    }

    /** Queries whose answers it wants to find in the evidence when it judges this subject. */
    default List<Question> asks(S subject, Evidence evidence) {
        return List.of();
    }

    Inspection inspect(S subject, Evidence evidence);

    default CheckId id() {
        return CheckIds.of(getClass());
    }

    /** The beginning of a finding on this subject. */
    default FindingDraft on(S subject, Evidence evidence) {
        return new FindingDraft(id(), severity(), subject().name().apply(evidence, subject));
    }
}
