package io.promwarden.observation;

import io.promwarden.answer.Answer;
import java.time.Instant;
import java.util.List;

/** What past nights recorded of a cluster and its servers. The run that asks is no part of it. */
public interface RecordedNights {

    /** Nights that are given of one server at most. */
    int MOST_NIGHTS = 60;

    /** A server's storage, at most one record a day, newest last. An empty list: nothing was recorded of it so far. */
    Answer<List<StorageNight>> storage(ServerId server);

    /** What runs deleted from a server since an instant, newest last. */
    Answer<List<DeletedRange>> deletions(ServerId server, Instant since);

    /** The snapshots that runs have made and that nobody has said to be gone, oldest first; of all servers of a cluster. */
    Answer<List<LeftSnapshot>> snapshots(String cluster);

    /** For a world without a store: everything is unknown, for this reason. */
    static RecordedNights none(String reason) {
        return new RecordedNights() {
            @Override
            public Answer<List<StorageNight>> storage(ServerId server) {
                return Answer.unknown(reason);
            }

            @Override
            public Answer<List<DeletedRange>> deletions(ServerId server, Instant since) {
                return Answer.unknown(reason);
            }

            @Override
            public Answer<List<LeftSnapshot>> snapshots(String cluster) {
                return Answer.unknown(reason);
            }
        };
    }
}
