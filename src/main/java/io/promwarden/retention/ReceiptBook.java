package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;

/** Where receipts are kept for good. Written before and after each call, so that a crash between them shows. */
public interface ReceiptBook {

    /**
     * Notes that a call is about to be sent.
     *
     * @return a number to close it with
     */
    long open(String runId, Receipt intent);

    /** Replaces the intent by what came of it. */
    void close(long number, Receipt receipt);

    /**
     * The intents of a run that were never closed, by the number to close them with, oldest first: what a crash left behind.
     */
    SequencedMap<Long, Receipt> unfinished(String runId);

    /** The same of all runs: a call that an earlier run left may still go on. */
    SequencedMap<Long, Receipt> unfinished();

    /** All receipts of a run in the order of their calls; one that was never closed has the verdict UNKNOWN. */
    List<Receipt> receipts(String runId);

    /** The receipts of all runs whose calls were sent at an instant or later, the oldest first. */
    List<Receipt> since(Instant from);

    /** All receipts of one server, of all runs, the oldest first. */
    List<Receipt> ofServer(ServerId server);
}
