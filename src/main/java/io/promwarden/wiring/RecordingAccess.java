package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.capture.CapturedServer;
import io.promwarden.capture.ClusterRecorder;
import io.promwarden.http.Exchange;
import io.promwarden.inventory.ClusterInventory;
import java.util.List;
import java.util.Optional;

/** A cluster that is recorded while it is looked at. */
record RecordingAccess(ClusterAccess live, ClusterRecorder recorder) implements ClusterAccess {

    @Override
    public String name() {
        return live.name();
    }

    @Override
    public Optional<Kubernetes> kubernetes() {
        return live.kubernetes()
                .map(kubernetes -> new Kubernetes(
                        kubernetes.version(),
                        recorder.inventory(kubernetes.version(), kubernetes.objects()),
                        recorder.references(kubernetes.references())));
    }

    @Override
    public List<Found> servers(Optional<ClusterInventory> inventory) {
        return live.servers(inventory).stream().map(this::recorded).toList();
    }

    private Found recorded(Found found) {
        return switch (found.exchange()) {
            case Answer.Known<Exchange> known ->
                new Found(
                        found.kind(),
                        found.id(),
                        Answer.known(
                                recorder.exchange(CapturedServer.reachable(found.kind(), found.id()), known.known())),
                        found.url());
            case Answer.Unknown<Exchange> unknown -> {
                recorder.unreachable(CapturedServer.unreachable(found.kind(), found.id(), unknown.why()));
                yield found;
            }
        };
    }

    @Override
    public void close() {
        live.close();
    }
}
