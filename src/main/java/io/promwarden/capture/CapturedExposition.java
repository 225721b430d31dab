package io.promwarden.capture;

import io.promwarden.finding.Redaction;
import java.util.List;

/** Of a server's own metrics, those that are used; URLs in their labels lose credentials and path. */
final class CapturedExposition {

    private CapturedExposition() {}

    static List<String> reduce(String exposition) {
        return exposition
                .lines()
                .filter(CapturedExposition::kept)
                .map(line -> Redaction.text(Redaction.withoutPaths(line)))
                .toList();
    }

    /** Samples and types of metrics on the list; help texts are nobody's business. */
    private static boolean kept(String line) {
        String metric = line.startsWith("# TYPE ") ? line.substring("# TYPE ".length()) : line;
        return !metric.startsWith("#") && AllowList.METRICS.stream().anyMatch(metric::startsWith);
    }
}
