package io.promwarden.wiring;

import io.promwarden.finding.NotRun;
import io.promwarden.retention.Receipt;
import java.util.List;

/** How carrying out a plan ended. */
public sealed interface ApplyEnd {

    /**
     * Everything that may be sent was sent, now or by the same command before.
     *
     * @param receipts of this plan, those of earlier tries among them
     * @param notRun what was refused, could not be looked at or is without proof
     * @param notes what else should be known, e.g. why no block is rewritten
     */
    record Done(List<Receipt> receipts, List<NotRun> notRun, List<String> notes) implements ApplyEnd {
        public Done {
            receipts = List.copyOf(receipts);
            notRun = List.copyOf(notRun);
            notes = List.copyOf(notes);
        }
    }

    /** Nothing was sent. */
    record Refused(String reason) implements ApplyEnd {}

    /** Somebody asked for it; the same command goes on. */
    record Stopped(List<Receipt> receipts) implements ApplyEnd {
        public Stopped {
            receipts = List.copyOf(receipts);
        }
    }

    /** Something broke. */
    record Fatal(String reason) implements ApplyEnd {}
}
