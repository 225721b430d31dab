package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.ServerId;
import io.promwarden.retention.Receipt.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Series changed that were not to be touched: nothing more is sent in that cluster, neither a delete nor a clean, nor after
 * a restart, nor by a later run.
 */
final class ControlChanged {

    private ControlChanged() {}

    /**
     * Why nothing may be sent in a cluster: series changed in this run, or in any run on one of the servers, and its blocks
     * were not rewritten since.
     *
     * @param groups whose servers' receipts are read over all runs
     */
    static Optional<NotRun> stop(
            ReceiptBook book, String runId, String cluster, List<ReplicaGroup> groups, String what) {
        boolean inThisRun = book.receipts(runId).stream()
                .filter(receipt -> receipt.server().cluster().equals(cluster))
                .anyMatch(receipt -> receipt.verdict() == Verdict.CONTROL_CHANGED);
        return inThisRun
                ? Optional.of(notRun(cluster, what))
                : groups.stream()
                        .flatMap(group -> group.replicas().stream())
                        .map(Replica::id)
                        .filter(server -> Gain.since(book.ofServer(server)).controlChanged())
                        .findFirst()
                        .map(server -> earlier(cluster, what, server));
    }

    static NotRun notRun(String cluster, String what) {
        return new NotRun(
                cluster,
                what,
                "series changed that were not to be touched (the receipt says on which server): nothing more is deleted");
    }

    private static NotRun earlier(String cluster, String what, ServerId server) {
        return new NotRun(
                cluster,
                what,
                "refused: an earlier run changed series on " + server.instance()
                        + " that were not to be touched: nothing more is deleted, and no blocks are rewritten, as what was"
                        + " deleted by mistake may still be had back by hand. Look at its receipt with promwarden receipts;"
                        + " no command lifts this");
    }
}
