package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Unreached;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Prometheus servers of a world.
 *
 * @param at the instant that their answers stand for
 * @param answers the answer to a query, asked before or now
 */
public record Running(Servers<MetricsServer> servers, Instant at, Answers answers) {

    /** What a server answers to an instant query. */
    @FunctionalInterface
    public interface Answers {
        Answer<List<Sample>> ask(ServerId server, String expression);
    }

    /** Those of one Prometheus object; servers that belong to no object stand for all. */
    Servers<MetricsServer> of(PrometheusObject prometheus, List<PrometheusObject> all) {
        Set<String> owners = all.stream().map(PrometheusObject::title).collect(Collectors.toCollection(TreeSet::new));
        String title = prometheus.title();
        List<MetricsServer> own = servers.answering().stream()
                .filter(server -> server.id().owner().equals(title))
                .toList();
        List<Unreached> missing = servers.unreached().stream()
                .filter(server -> server.id().owner().equals(title))
                .toList();
        if (!own.isEmpty() || !missing.isEmpty()) {
            return new Servers<>(own, missing);
        }
        return new Servers<>(
                servers.answering().stream()
                        .filter(server -> !owners.contains(server.id().owner()))
                        .toList(),
                servers.unreached().stream()
                        .filter(server -> !owners.contains(server.id().owner()))
                        .toList());
    }
}
