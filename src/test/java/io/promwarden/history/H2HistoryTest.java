package io.promwarden.history;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on H2 in a file. */
class H2HistoryTest {

    @TempDir
    private static @Nullable Path folder;

    private static int stores;

    private static String next() {
        return folder + "/store-" + stores++;
    }

    @Nested
    class Runs extends RunHistoryContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Dispatches extends OutboxContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Receipts extends ReceiptBookContract {
        @Override
        String freshUrl() {
            return "file:" + next();
        }
    }

    @Nested
    class Nights extends RecordedNightsContract {
        @Override
        String freshUrl() {
            return next();
        }
    }

    @Nested
    class Snapshots extends SnapshotBookContract {
        @Override
        String freshUrl() {
            return next();
        }
    }
}
