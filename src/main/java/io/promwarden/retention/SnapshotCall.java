package io.promwarden.retention;

import io.promwarden.retention.Receipt.Verdict;
import io.promwarden.retention.SnapshotBook.SnapshotMade;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Makes one snapshot of a replica before anything is deleted from it, and writes down that it is there. It is never tried
 * again: each one holds on to disk space until somebody removes it by hand.
 */
final class SnapshotCall {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ReceiptBook book;
    private final SnapshotBook snapshots;
    private final String runId;
    private final Clock clock;

    SnapshotCall(ReceiptBook book, SnapshotBook snapshots, String runId, Clock clock) {
        this.book = book;
        this.snapshots = snapshots;
        this.runId = runId;
        this.clock = clock;
    }

    /** Makes one, unless this run has; why there is none where there is none. */
    Optional<String> make(Replica replica) {
        Optional<Receipt> before = book.receipts(runId).stream()
                .filter(receipt -> receipt.call().equals(Intent.SNAPSHOT))
                .filter(receipt -> receipt.server().equals(replica.id()))
                .reduce((first, last) -> last);
        if (before.isPresent()) {
            return before.get().verdict() == Verdict.SNAPSHOT_MADE
                    ? Optional.empty()
                    : Optional.of("no snapshot could be made in this run: "
                            + before.get().reason());
        }
        Intent intent = Intent.snapshot(
                runId,
                replica.id(),
                clock.instant(),
                TsdbMeasure.of(replica.server().ownMetrics()));
        long number = book.open(runId, intent.open());
        return switch (replica.admin().snapshot()) {
            case TsdbAdmin.Snapshot made -> {
                snapshots.made(new SnapshotMade(runId, replica.id(), made.name(), clock.instant()));
                close(number, intent, replica, "200", new Proof(Verdict.SNAPSHOT_MADE, made.name(), -1));
                yield Optional.empty();
            }
            case TsdbAdmin.NoSnapshot none -> {
                if (none.perhaps()) {
                    snapshots.made(unheard(intent.open()));
                }
                Verdict verdict = none.perhaps() ? Verdict.UNKNOWN : Verdict.NO_EFFECT;
                close(number, intent, replica, none.why(), new Proof(verdict, none.why(), -1));
                yield Optional.of("no snapshot could be made, so nothing is deleted: " + none.why());
            }
        };
    }

    private void close(long number, Intent intent, Replica replica, String status, Proof proof) {
        TsdbMeasure after = TsdbMeasure.of(replica.server().ownMetrics());
        book.close(number, intent.closed(clock.instant(), status, proof, after, List.of()));
    }

    /** One that may be there, under a name that was not heard; the name that it gets here is for its confirmation. */
    static SnapshotMade unheard(Receipt open) {
        return new SnapshotMade(
                open.runId(), open.server(), SnapshotBook.UNHEARD + MINUTE.format(open.sentAt()), open.sentAt());
    }

    /** What a run says again and again until somebody confirms that a snapshot is gone. */
    static List<String> reminders(SnapshotBook snapshots, String cluster) {
        return snapshots.left().stream()
                .filter(left -> left.server().cluster().equals(cluster))
                .map(left -> "Snapshot " + left.name() + " of " + MINUTE.format(left.at()) + " is still on "
                        + left.server().instance()
                        + " (data/snapshots) and holds on to deleted blocks: remove it by hand,"
                        + " then say so with promwarden snapshots confirm " + left.name() + ".")
                .toList();
    }
}
