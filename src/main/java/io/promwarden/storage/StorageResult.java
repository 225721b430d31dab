package io.promwarden.storage;

import io.promwarden.finding.NotRun;
import java.util.List;

/**
 * What the compact step saw in one cluster. What it did is in its receipts.
 *
 * @param trends of the servers, against the nights recorded before; empty in results of older versions
 * @param notes why blocks were not rewritten where that is as it should be; empty in results of older versions
 */
public record StorageResult(
        String cluster,
        List<StorageHealth> servers,
        List<StorageTrend> trends,
        List<NotRun> notRun,
        List<String> notes) {

    /** Without a note. */
    public StorageResult(String cluster, List<StorageHealth> servers, List<StorageTrend> trends, List<NotRun> notRun) {
        this(cluster, servers, trends, notRun, List.of());
    }

    public StorageResult {
        notes = List.copyOf(notes);
        servers = List.copyOf(servers);
        trends = List.copyOf(trends);
        notRun = List.copyOf(notRun);
    }
}
