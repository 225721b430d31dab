package io.promwarden.history;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Who holds a store, for the message that the next one gets.
 *
 * @param what the run's id, or the command while there is no run yet
 * @param pid the process on that host
 */
record Holder(String what, long pid, String host, Instant since) {

    /** This process. */
    static Holder here(String what, Instant since) {
        return new Holder(what, ProcessHandle.current().pid(), hostName(), since);
    }

    String text() {
        return what + " (process " + pid + " on " + host + ", since " + since + ")";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }
}
