package io.promwarden.batch;

import io.promwarden.report.RunId;

/** Which run a command stands for. */
public sealed interface SlotChoice {

    /**
     * This run is to be done, or to be gone on with.
     *
     * @param resumed true when it was begun before
     */
    record Run(RunId id, boolean resumed) implements SlotChoice {}

    /** This run has ended before; its exit code is returned again. */
    record AlreadyDone(RunId id, int exitCode) implements SlotChoice {}

    /** No run can stand for what was asked. */
    record Refused(String reason) implements SlotChoice {}
}
