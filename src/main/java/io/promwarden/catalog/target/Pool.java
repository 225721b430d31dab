package io.promwarden.catalog.target;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.observation.TargetsSeen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scrape pool of one Prometheus object, over its replicas and shards.
 *
 * @param owner the Prometheus object as {@code namespace/name}, or a static server's name
 */
record Pool(String owner, String name, List<TargetsSeen.Seen> targets) {

    static final Subjects<Pool> ALL = new Subjects<>(Set.of(Need.TARGETS), Pool::of, Pool::subject);

    private static Answer<Stream<Pool>> of(Evidence evidence) {
        Map<String, Pool> pools = new LinkedHashMap<>();
        for (TargetsSeen.Seen seen : evidence.targets().all()) {
            String owner = seen.server().owner();
            String name = seen.target().scrapePool();
            pools.computeIfAbsent(owner + "\0" + name, key -> new Pool(owner, name, new ArrayList<>()))
                    .targets()
                    .add(seen);
        }
        return Answer.known(pools.values().stream());
    }

    /** True if the operator made it of a monitor. */
    boolean byOperator() {
        return name.startsWith("serviceMonitor/")
                || name.startsWith("podMonitor/")
                || name.startsWith("probe/")
                || name.startsWith("scrapeConfig/");
    }

    /** The monitor behind an operator's pool, so that its owner can exempt it there; else the pool itself. */
    private static Subject subject(Evidence evidence, Pool pool) {
        String[] parts = pool.name.split("/", -1);
        String kind = switch (parts[0]) {
            case "serviceMonitor" -> "ServiceMonitor";
            case "podMonitor" -> "PodMonitor";
            case "probe" -> "Probe";
            case "scrapeConfig" -> "ScrapeConfig";
            default -> "";
        };
        return kind.isEmpty() || parts.length < 3
                ? new Subject(evidence.cluster(), "ScrapePool", "", pool.name)
                : new Subject(evidence.cluster(), kind, parts[1], parts[2]);
    }
}
