package io.promwarden.explain;

import io.promwarden.admission.Verdict;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a chain is judged in.
 *
 * @param declared what Kubernetes, a capture or files declare
 * @param verdicts what becomes of a monitor that a Prometheus selects
 * @param assumed stands for a Prometheus where none is declared; empty where that means that there is none
 * @param running the servers and their answers; empty for files
 */
public record World(
        ClusterInventory declared,
        BiFunction<Monitor, PrometheusObject, Verdict> verdicts,
        Optional<PrometheusObject> assumed,
        Optional<Running> running) {

    List<PrometheusObject> prometheuses() {
        List<PrometheusObject> known = declared.prometheuses().value().orElse(List.of());
        return known.isEmpty() && declared.prometheuses().value().isPresent()
                ? assumed.map(List::of).orElse(List.of())
                : known;
    }
}
