package io.promwarden.history;

/** The exclusive right to use a store. It ends with the process, however that dies. */
interface RunLock extends AutoCloseable {

    /** Tells whoever comes next who holds it. */
    void announce(Holder holder);

    /** Whether it is still ours: a PostgreSQL session may have been cut. */
    boolean held();

    @Override
    void close();

    /** What came of asking for it. */
    sealed interface Attempt {}

    record Taken(RunLock lock) implements Attempt {}

    /**
     * Somebody else has it.
     *
     * @param by who, in words
     */
    record Held(String by) implements Attempt {}

    record Failed(Opening.Broken broken) implements Attempt {}

    /** For a store in memory, which no other process can see. */
    record Unshared() implements RunLock {
        @Override
        public void announce(Holder holder) {}

        @Override
        public boolean held() {
            return true;
        }

        @Override
        public void close() {}
    }
}
