package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Closes what a crash left open, by what the servers hold now. Sends nothing. */
final class OpenReceipts {

    private final ReceiptBook book;
    private final Clock clock;

    OpenReceipts(ReceiptBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    /** Closes a cluster's open deletions; those that nothing can be said of stay open, and are returned. */
    List<NotRun> close(String runId, String cluster, List<ReplicaGroup> groups) {
        List<NotRun> notRun = new ArrayList<>();
        book.unfinished(runId).forEach((number, open) -> {
            if (open.server().cluster().equals(cluster) && open.call().equals(Intent.DELETE)) {
                switch (left(open, groups)) {
                    case Answer.Known<Long> left -> close(number, open, left.known(), groups);
                    case Answer.Unknown<Long> unknown ->
                        notRun.add(new NotRun(
                                cluster,
                                "receipt of " + open.selector() + " on "
                                        + open.server().instance(),
                                "the run ended while it was being deleted, and what is left is not known: "
                                        + unknown.why()));
                }
            }
        });
        return notRun;
    }

    private void close(long number, Receipt open, long left, List<ReplicaGroup> groups) {
        TsdbMeasure after = find(open, groups)
                .map(replica -> TsdbMeasure.of(replica.server().ownMetrics()))
                .orElse(TsdbMeasure.UNKNOWN);
        Intent intent = Intent.of(open);
        Proof proof = Proof.afterCrash(open.samplesBefore(), left);
        book.close(number, intent.closed(clock.instant(), "not recorded", proof, after));
    }

    private static Answer<Long> left(Receipt open, List<ReplicaGroup> groups) {
        Optional<Replica> replica = find(open, groups);
        if (replica.isEmpty()) {
            return Answer.unknown(open.server().instance() + " is not there any more");
        }
        if (!(SeriesSelector.parse(open.selector()) instanceof ParsedSelector.Selected selected)) {
            return Answer.unknown("its selector cannot be read");
        }
        Instant start = open.start().orElse(DeletionBounds.EARLIEST);
        Instant end = open.end().orElse(start);
        return replica.get()
                .server()
                .buildInfo()
                .flatMap(build -> ServerIdentity.major(build.version())
                        .map(major -> new StoredSamples(replica.get().server(), major)
                                .samples(selected.selector(), start, end))
                        .orElseGet(() -> Answer.unknown("version " + build.version() + " is not known")));
    }

    static Optional<Replica> find(Receipt receipt, List<ReplicaGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.replicas().stream())
                .filter(replica -> replica.id().equals(receipt.server()))
                .findFirst();
    }
}
