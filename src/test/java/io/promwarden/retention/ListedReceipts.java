package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Receipts in memory. */
final class ListedReceipts implements ReceiptBook {

    private record Page(String runId, Receipt receipt, boolean open) {}

    private final Map<Long, Page> pages = new TreeMap<>();
    private long next = 1;

    @Override
    public synchronized long open(String runId, Receipt intent) {
        pages.put(next, new Page(runId, intent, true));
        return next++;
    }

    @Override
    public synchronized void close(long number, Receipt receipt) {
        Page page = pages.get(number);
        if (page == null || !page.open()) {
            throw new IllegalStateException("receipt " + number + " is not open");
        }
        pages.put(number, new Page(page.runId(), receipt, false));
    }

    @Override
    public synchronized SequencedMap<Long, Receipt> unfinished(String runId) {
        SequencedMap<Long, Receipt> open = new LinkedHashMap<>();
        pages.forEach((number, page) -> {
            if (page.open() && page.runId().equals(runId)) {
                open.put(number, page.receipt());
            }
        });
        return open;
    }

    @Override
    public synchronized List<Receipt> receipts(String runId) {
        List<Receipt> receipts = new ArrayList<>();
        pages.values().stream()
                .filter(page -> page.runId().equals(runId))
                .forEach(page -> receipts.add(page.receipt()));
        return receipts;
    }

    @Override
    public synchronized SequencedMap<Long, Receipt> unfinished() {
        SequencedMap<Long, Receipt> open = new LinkedHashMap<>();
        pages.forEach((number, page) -> {
            if (page.open()) {
                open.put(number, page.receipt());
            }
        });
        return open;
    }

    @Override
    public synchronized List<Receipt> since(Instant from) {
        return pages.values().stream()
                .map(page -> page.receipt().ofRun(page.runId()))
                .filter(receipt -> !receipt.sentAt().isBefore(from))
                .toList();
    }

    @Override
    public synchronized List<Receipt> ofServer(ServerId server) {
        return since(Instant.MIN).stream()
                .filter(receipt -> receipt.server().equals(server))
                .toList();
    }
}
