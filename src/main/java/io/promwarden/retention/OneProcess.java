package io.promwarden.retention;

import java.util.List;

/** Whether one process answered every time: what is read of one replica says nothing of another one's blocks. */
final class OneProcess {

    private OneProcess() {}

    static List<Refusal> refusals(PodObservations seen) {
        int processes = seen.condition().processes().size();
        if (processes == 0) {
            return List.of(new Refusal(
                    "process-unknown",
                    "its own metrics do not tell when it was started: whether one process answers every time is not known",
                    "Check that its /metrics has " + LastDay.PROCESS_START + "."));
        }
        return processes == 1
                ? List.of()
                : List.of(new Refusal(
                        "several-processes",
                        processes + " processes answered for it during this run: it was restarted, or its URL leads to"
                                + " several",
                        "Name each pod by a URL of its own; after a restart, run again."));
    }
}
