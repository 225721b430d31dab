package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt.Verdict;
import java.util.List;

/** Series changed that were not to be touched: nothing more is sent in that cluster, neither a delete nor a clean, nor after a restart. */
final class ControlChanged {

    private ControlChanged() {}

    static boolean in(List<Receipt> receipts, String cluster) {
        return receipts.stream()
                .filter(receipt -> receipt.server().cluster().equals(cluster))
                .anyMatch(receipt -> receipt.verdict() == Verdict.CONTROL_CHANGED);
    }

    static NotRun notRun(String cluster, String what) {
        return new NotRun(
                cluster,
                what,
                "series changed that were not to be touched (the receipt says on which server): nothing more is deleted");
    }
}
