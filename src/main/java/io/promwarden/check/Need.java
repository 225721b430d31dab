package io.promwarden.check;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.observation.MetricsServer;

/** Something that the runner fetches once for all checks: a kind of object, or one answer of every Prometheus. */
public enum Need {
    NAMESPACES("namespaces"),
    SERVICES("services"),
    ENDPOINT_SLICES("endpointslices"),
    PODS("pods"),
    WORKLOADS("workloads"),
    VOLUME_CLAIMS("persistentvolumeclaims"),
    PROMETHEUSES("prometheuses"),
    SERVICE_MONITORS("servicemonitors"),
    POD_MONITORS("podmonitors"),
    PROBES("probes"),
    SCRAPE_CONFIGS("scrapeconfigs"),
    ACCESS_RULES("roles and their bindings"),
    CRDS("customresourcedefinitions"),
    OPERATOR_EVENTS("events"),
    TARGETS("targets"),
    RULES("rules"),
    OWN_METRICS("own metrics"),
    FLAGS("flags"),
    RUNTIME_INFO("runtime info"),
    CONFIGURATION("configuration"),
    HEAD("head statistics"),
    BLOCKS("blocks");

    private final String word;

    Need(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** True for what Kubernetes answers, false for what every Prometheus answers for itself. */
    public boolean ofKubernetes() {
        return compareTo(TARGETS) < 0;
    }

    /** What Kubernetes answered. */
    Answer<?> in(ClusterInventory inventory) {
        return switch (this) {
            case NAMESPACES -> inventory.namespaces();
            case SERVICES -> inventory.services();
            case ENDPOINT_SLICES -> inventory.endpointSlices();
            case PODS -> inventory.pods();
            case WORKLOADS -> inventory.workloads();
            case VOLUME_CLAIMS -> inventory.volumeClaims();
            case PROMETHEUSES -> inventory.prometheuses();
            case SERVICE_MONITORS -> inventory.serviceMonitors();
            case POD_MONITORS -> inventory.podMonitors();
            case PROBES -> inventory.probes();
            case SCRAPE_CONFIGS -> inventory.scrapeConfigs();
            case ACCESS_RULES -> inventory.access();
            case CRDS -> inventory.crds();
            case OPERATOR_EVENTS -> inventory.operatorEvents();
            case TARGETS, RULES, OWN_METRICS, FLAGS, RUNTIME_INFO, CONFIGURATION, HEAD, BLOCKS ->
                throw new IllegalArgumentException(this + " is no kind of object");
        };
    }

    /** What one Prometheus answers. */
    Answer<?> of(MetricsServer server) {
        return switch (this) {
            case TARGETS -> server.targets();
            case RULES -> server.ruleGroups();
            case OWN_METRICS -> server.ownMetrics();
            case FLAGS -> server.flags();
            case RUNTIME_INFO -> server.runtimeInfo();
            case CONFIGURATION -> server.configuration();
            case HEAD -> server.headStatistics();
            case BLOCKS -> server.blocks();
            case NAMESPACES,
                    SERVICES,
                    ENDPOINT_SLICES,
                    PODS,
                    WORKLOADS,
                    VOLUME_CLAIMS,
                    PROMETHEUSES,
                    SERVICE_MONITORS,
                    POD_MONITORS,
                    PROBES,
                    SCRAPE_CONFIGS,
                    ACCESS_RULES,
                    CRDS,
                    OPERATOR_EVENTS -> throw new IllegalArgumentException(this + " is no question to a Prometheus");
        };
    }
}
