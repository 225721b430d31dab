package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.Pod;
import io.promwarden.label.PromQuote;
import io.promwarden.observation.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The free bytes of the volume that holds a server's data. Prometheus has no such figure of its own; the server is asked for
 * what it scraped of somebody who has.
 */
final class FreeSpace {

    /** What the kubelet says of the pod's claim. */
    static final String KUBELET =
            "kubelet_volume_stats_available_bytes{namespace=\"$namespace\",persistentvolumeclaim=\"$claim\"}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(namespace|pod|claim)");

    private FreeSpace() {}

    static Answer<Double> ask(Replica replica, Optional<String> expression, Instant now) {
        return filledIn(replica.origin(), expression)
                .flatMap(complete -> replica.server().query(complete, now).flatMap(FreeSpace::one));
    }

    private static Answer<String> filledIn(Replica.Origin origin, Optional<String> expression) {
        String template = expression.orElse(KUBELET);
        if (!PLACEHOLDER.matcher(template).find()) {
            return Answer.known(template);
        }
        return switch (origin) {
            case Replica.NamedInJob ignored ->
                Answer.unknown(
                        expression.isEmpty()
                                ? "the job names no expression for it (freeSpace), and a server named by its URL has no pod to look at"
                                : "freeSpace speaks of a pod, and a server named by its URL has none");
            case Replica.Discovered discovered -> discovered.pod().flatMap(pod -> filledIn(template, pod));
        };
    }

    private static Answer<String> filledIn(String template, Pod pod) {
        Map<String, String> values = new HashMap<>();
        values.put("namespace", pod.meta().namespace());
        values.put("pod", pod.meta().name());
        if (pod.claims().size() == 1) {
            values.put("claim", pod.claims().getFirst());
        }
        Matcher placeholder = PLACEHOLDER.matcher(template);
        StringBuilder complete = new StringBuilder();
        while (placeholder.find()) {
            String value = values.get(placeholder.group(1));
            if (value == null) {
                return Answer.unknown(
                        pod.claims().isEmpty()
                                ? "its pod mounts no claim: its data is as short-lived as the pod"
                                : "its pod mounts " + pod.claims().size()
                                        + " claims, and which of them holds the data is not known");
            }
            String quoted = PromQuote.quote(value);
            placeholder.appendReplacement(complete, Matcher.quoteReplacement(quoted.substring(1, quoted.length() - 1)));
        }
        return Answer.known(placeholder.appendTail(complete).toString());
    }

    private static Answer<Double> one(List<Sample> samples) {
        if (samples.isEmpty()) {
            return Answer.unknown("nobody told this server: the query for it gave nothing");
        }
        if (samples.size() > 1) {
            return Answer.unknown("the query for it gave " + samples.size() + " values");
        }
        double bytes = samples.getFirst().value();
        return Double.isFinite(bytes) && bytes >= 0
                ? Answer.known(bytes)
                : Answer.unknown("the query for it gave " + bytes);
    }
}
