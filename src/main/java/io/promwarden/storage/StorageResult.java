package io.promwarden.storage;

import io.promwarden.finding.NotRun;
import java.util.List;

/**
 * What the compact step saw in one cluster. What it did is in its receipts.
 */
public record StorageResult(String cluster, List<StorageHealth> servers, List<NotRun> notRun) {
    public StorageResult {
        servers = List.copyOf(servers);
        notRun = List.copyOf(notRun);
    }
}
