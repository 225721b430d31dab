package io.promwarden.cli;

/** What a command's exit code says; see docs/operations.md. A run's own codes 0, 1 and 3 come from its outcome. */
final class ExitCode {

    static final int DONE = 0;
    static final int FOUND = 1;
    static final int REFUSED = 2;
    static final int INCOMPLETE = 3;
    static final int FATAL = 4;

    /** As for a process that SIGTERM ended; the virtual machine itself ends with 130 or 143, as the signal was. */
    static final int STOPPED = 143;

    private ExitCode() {}
}
