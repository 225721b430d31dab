package io.promwarden.retention;

import io.promwarden.observation.ServerId;
import java.time.Duration;
import java.util.Optional;

/**
 * What a job says about one selector.
 *
 * @param match one vector selector, as written
 * @param keep how long its samples stay
 * @param because why; shown in plans and receipts
 * @param cluster only in this cluster, where given
 * @param prometheus only on this Prometheus object ({@code namespace/name}) or static server, where given
 */
public record RetentionPolicy(
        String match, Duration keep, String because, Optional<String> cluster, Optional<String> prometheus) {

    /** True if this policy is for that server. */
    public boolean appliesTo(ServerId server) {
        return cluster.map(server.cluster()::equals).orElse(true)
                && prometheus.map(server.owner()::equals).orElse(true);
    }

    /** The same, but for as long as another policy keeps some of the same series. */
    RetentionPolicy keepingAsLongAs(RetentionPolicy longer) {
        return new RetentionPolicy(
                match,
                longer.keep,
                because + " (kept as long as " + longer.match + ", which has some of the same series)",
                cluster,
                prometheus);
    }
}
