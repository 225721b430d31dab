package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.finding.NotRun;
import io.promwarden.label.ParsedSelector;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.retention.Receipt.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

/**
 * Closes what a crash left open, of whichever run, by what the servers hold now. Sends nothing. A delete call may still go
 * on though nobody waits for its answer, so that its receipt is closed only once nothing is left or nothing changes any
 * more.
 */
final class OpenReceipts {

    /** A call of which nothing was heard for so long does not go on any more. */
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private final ReceiptBook book;
    private final SnapshotBook snapshots;
    private final Clock clock;
    private final Watch watch;
    private final Patience patience;

    OpenReceipts(ReceiptBook book, SnapshotBook snapshots, Clock clock, Watch watch, Patience patience) {
        this.book = book;
        this.snapshots = snapshots;
        this.clock = clock;
        this.watch = watch;
        this.patience = patience;
    }

    /** Closes a cluster's open deletions and snapshots; those that nothing can be said of stay open, and are returned. */
    List<NotRun> close(String cluster, List<ReplicaGroup> groups) {
        List<NotRun> notRun = new ArrayList<>();
        book.unfinished().forEach((number, open) -> {
            if (open.server().cluster().equals(cluster)) {
                switch (open.call()) {
                    case Intent.DELETE -> closeDelete(number, open, groups).ifPresent(notRun::add);
                    case Intent.SNAPSHOT -> closeSnapshot(number, open);
                    default -> {}
                }
            }
        });
        return notRun;
    }

    private Optional<NotRun> closeDelete(long number, Receipt open, List<ReplicaGroup> groups) {
        Optional<Replica> replica = find(open, groups);
        Answer<Long> left = replica.isPresent()
                ? settled(replica.get(), open)
                : Answer.unknown(open.server().instance() + " is not there any more");
        if (left instanceof Answer.Known<Long> known && replica.isPresent()) {
            Answer<OwnMetrics> own = replica.get().server().ownMetrics();
            TsdbMeasure after = TsdbMeasure.of(own);
            Proof proof = Proof.afterCrash(
                    open.samplesBefore(),
                    known.known(),
                    Intent.of(open).before(),
                    after,
                    () -> whyNot(replica.get(), open, own));
            close(number, open, proof, after);
            return Optional.empty();
        }
        String why = left.reason().orElse("");
        if (replica.isEmpty() && open.sentAt().isBefore(clock.instant().minus(GIVEN_UP))) {
            close(number, open, new Proof(Verdict.UNKNOWN, why, -1), TsdbMeasure.UNKNOWN);
            return Optional.empty();
        }
        return Optional.of(new NotRun(
                open.server().cluster(),
                "receipt of " + open.selector() + " on " + open.server().instance(),
                "the run ended while it was being deleted, and what is left is not known: " + why));
    }

    /** The samples that are left, once there are none or their number stayed the same for long enough. */
    private Answer<Long> settled(Replica replica, Receipt open) {
        while (true) {
            Answer<Long> first = left(replica, open);
            AtomicReference<Answer<Long>> last = new AtomicReference<>(first);
            Watch.End end = watch.until(
                    () -> {
                        last.set(left(replica, open));
                        return last.get().equals(Answer.known(0L)) || changed(first, last.get());
                    },
                    patience.recovery());
            if (end == Watch.End.STOPPED) {
                return Answer.unknown("the run was stopped while it was watched");
            }
            if (end == Watch.End.LATE || last.get().equals(Answer.known(0L))) {
                return last.get();
            }
        }
    }

    /** Fewer than before: so this comes to an end. */
    private static boolean changed(Answer<Long> before, Answer<Long> now) {
        return now.value().isPresent()
                && (before.value().isEmpty()
                        || now.value().get() < before.value().get());
    }

    /** It may be on the disk, under a name that nobody has heard: whoever looks there can say that it is gone. */
    private void closeSnapshot(long number, Receipt open) {
        snapshots.made(SnapshotCall.unheard(open));
        close(
                number,
                open,
                new Proof(
                        Verdict.UNKNOWN,
                        "the run ended while it was made: look into the server's snapshots folder",
                        -1),
                TsdbMeasure.UNKNOWN);
    }

    private void close(long number, Receipt open, Proof proof, TsdbMeasure after) {
        book.close(number, Intent.of(open).closed(clock.instant(), "not recorded", proof, after, List.of()));
    }

    private static String whyNot(Replica replica, Receipt open, Answer<OwnMetrics> own) {
        return asked(
                        replica,
                        open,
                        (stored, selector) -> Answer.known(NoEffect.why(stored, selector, start(open), end(open), own)))
                .value()
                .orElse("why is not known");
    }

    private static Answer<Long> left(Replica replica, Receipt open) {
        return asked(replica, open, (stored, selector) -> stored.samples(selector, start(open), end(open)));
    }

    private static <T> Answer<T> asked(
            Replica replica, Receipt open, BiFunction<StoredSamples, SeriesSelector, Answer<T>> question) {
        if (!(SeriesSelector.parse(open.selector()) instanceof ParsedSelector.Selected selected)) {
            return Answer.unknown("its selector cannot be read");
        }
        return replica.server()
                .buildInfo()
                .flatMap(build -> ServerIdentity.major(build.version())
                        .map(major -> question.apply(new StoredSamples(replica.server(), major), selected.selector()))
                        .orElseGet(() -> Answer.unknown("version " + build.version() + " is not known")));
    }

    private static Instant start(Receipt open) {
        return open.start().orElse(DeletionBounds.EARLIEST);
    }

    private static Instant end(Receipt open) {
        return open.end().orElse(start(open));
    }

    static Optional<Replica> find(Receipt receipt, List<ReplicaGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.replicas().stream())
                .filter(replica -> replica.id().equals(receipt.server()))
                .findFirst();
    }
}
