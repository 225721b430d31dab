package io.promwarden.inventory;

import java.util.List;
import java.util.Optional;

/**
 * The kinds of object that a run reads, and of each the fields that it keeps. The list is the whole of it: a field that
 * is not named here never reaches memory for longer than one page of a list, nor a capture, a report or the store.
 *
 * <p>A path's steps are separated by dots; {@code []} steps into each entry of a list, {@code *} into each value of a
 * map; what a path ends at is kept whole. Names, namespaces, labels, owner references and the annotations of {@link
 * Trimming} are kept of every object.
 */
public enum ObjectKind {
    NAMESPACE("v1", "Namespace", "namespaces", false, List.of()),
    SERVICE(
            "v1",
            "Service",
            "services",
            true,
            List.of(
                    "spec.selector",
                    "spec.type",
                    "spec.clusterIP",
                    "spec.ports[].name",
                    "spec.ports[].port",
                    "spec.ports[].targetPort",
                    "spec.ports[].protocol")),
    ENDPOINT_SLICE(
            "discovery.k8s.io/v1",
            "EndpointSlice",
            "endpointslices",
            true,
            List.of(
                    "ports[].name",
                    "ports[].port",
                    "ports[].protocol",
                    "endpoints[].addresses",
                    "endpoints[].conditions",
                    "endpoints[].nodeName",
                    "endpoints[].targetRef.kind",
                    "endpoints[].targetRef.name",
                    "endpoints[].targetRef.namespace")),
    POD(
            "v1",
            "Pod",
            "pods",
            true,
            List.of(
                    "spec.nodeName",
                    "spec.hostNetwork",
                    "spec.containers[].name",
                    "spec.containers[].image",
                    "spec.containers[].ports",
                    "spec.initContainers[].name",
                    "spec.initContainers[].image",
                    "spec.initContainers[].restartPolicy",
                    "spec.initContainers[].ports",
                    "spec.volumes[].name",
                    "spec.volumes[].persistentVolumeClaim",
                    "status.phase",
                    "status.podIP",
                    "status.conditions[].type",
                    "status.conditions[].status")),
    DEPLOYMENT("apps/v1", "Deployment", "deployments", true, Fields.WORKLOAD),
    STATEFUL_SET("apps/v1", "StatefulSet", "statefulsets", true, Fields.WORKLOAD),
    DAEMON_SET("apps/v1", "DaemonSet", "daemonsets", true, Fields.WORKLOAD),
    VOLUME_CLAIM(
            "v1",
            "PersistentVolumeClaim",
            "persistentvolumeclaims",
            true,
            List.of("spec.resources.requests.storage", "status.capacity.storage", "status.phase")),
    PROMETHEUS("monitoring.coreos.com/v1", "Prometheus", "prometheuses", true, Fields.PROMETHEUS),
    PROMETHEUS_AGENT("monitoring.coreos.com/v1alpha1", "PrometheusAgent", "prometheusagents", true, Fields.PROMETHEUS),
    ALERTMANAGER(
            "monitoring.coreos.com/v1",
            "Alertmanager",
            "alertmanagers",
            true,
            List.of(
                    "spec.replicas",
                    "spec.version",
                    "spec.routePrefix",
                    "spec.listenLocal",
                    "spec.portName",
                    "spec.serviceName",
                    "spec.web.tlsConfig.minVersion",
                    "spec.web.tlsConfig.keySecret.name",
                    "spec.web.tlsConfig.keySecret.key",
                    "spec.paused")),
    SERVICE_MONITOR(
            "monitoring.coreos.com/v1", "ServiceMonitor", "servicemonitors", true, List.of("spec", "status.bindings")),
    POD_MONITOR("monitoring.coreos.com/v1", "PodMonitor", "podmonitors", true, List.of("spec", "status.bindings")),
    PROBE("monitoring.coreos.com/v1", "Probe", "probes", true, List.of("spec", "status.bindings")),
    SCRAPE_CONFIG(
            "monitoring.coreos.com/v1alpha1",
            "ScrapeConfig",
            "scrapeconfigs",
            true,
            List.of("spec", "status.bindings")),
    ROLE("rbac.authorization.k8s.io/v1", "Role", "roles", true, List.of("rules")),
    CLUSTER_ROLE("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles", false, List.of("rules")),
    ROLE_BINDING("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true, List.of("roleRef", "subjects")),
    CLUSTER_ROLE_BINDING(
            "rbac.authorization.k8s.io/v1",
            "ClusterRoleBinding",
            "clusterrolebindings",
            false,
            List.of("roleRef", "subjects")),
    /** Only those of the four monitor kinds, without their prose. */
    CUSTOM_RESOURCE_DEFINITION(
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            "customresourcedefinitions",
            false,
            List.of("spec.group", "spec.names.kind", "spec.versions[].name", "spec.versions[].schema"),
            List.of(
                    "metadata.name=servicemonitors.monitoring.coreos.com",
                    "metadata.name=podmonitors.monitoring.coreos.com",
                    "metadata.name=probes.monitoring.coreos.com",
                    "metadata.name=scrapeconfigs.monitoring.coreos.com")),
    /** Only those by which the operator says that it leaves an object out. */
    EVENT(
            "v1",
            "Event",
            "events",
            true,
            List.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "reason",
                    "message",
                    "lastTimestamp",
                    "eventTime",
                    "reportingComponent",
                    "source.component"),
            List.of("reason=InvalidConfiguration"));

    private final String apiVersion;
    private final String kind;
    private final String plural;
    private final boolean namespaced;

    @SuppressWarnings("ImmutableEnumChecker") // every list here is made by List.of
    private final List<String> fields;

    @SuppressWarnings("ImmutableEnumChecker") // as above
    private final List<String> selections;

    ObjectKind(String apiVersion, String kind, String plural, boolean namespaced, List<String> fields) {
        this(apiVersion, kind, plural, namespaced, fields, List.of(""));
    }

    ObjectKind(
            String apiVersion,
            String kind,
            String plural,
            boolean namespaced,
            List<String> fields,
            List<String> selections) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.plural = plural;
        this.namespaced = namespaced;
        this.fields = fields;
        this.selections = selections;
    }

    /** e.g. {@code discovery.k8s.io/v1}. */
    public String apiVersion() {
        return apiVersion;
    }

    /** The API group, empty for the core group. */
    public String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** e.g. {@code EndpointSlice}. */
    public String kind() {
        return kind;
    }

    /** The resource's name in URLs and RBAC, e.g. {@code endpointslices}. */
    public String plural() {
        return plural;
    }

    public boolean namespaced() {
        return namespaced;
    }

    /** The paths that {@link Trimming} keeps. */
    public List<String> fields() {
        return fields;
    }

    /** The field selectors of the lists that together give all that is wanted of this kind; an empty one takes everything. */
    public List<String> selections() {
        return selections;
    }

    /** True for the operator's own kinds: a cluster without their CRDs has none of them, which is an answer. */
    public boolean custom() {
        return group().equals("monitoring.coreos.com");
    }

    public static Optional<ObjectKind> find(String apiVersion, String kind) {
        for (ObjectKind candidate : values()) {
            if (candidate.kind.equals(kind) && candidate.apiVersion.equals(apiVersion)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Lists that several kinds share. */
    private static final class Fields {
        static final List<String> WORKLOAD = List.of(
                "spec.replicas",
                "spec.selector",
                "spec.template.metadata.labels",
                "spec.template.metadata.annotations",
                "spec.template.spec.hostNetwork",
                "spec.template.spec.containers[].name",
                "spec.template.spec.containers[].image",
                "spec.template.spec.containers[].ports",
                "spec.template.spec.initContainers[].name",
                "spec.template.spec.initContainers[].image",
                "spec.template.spec.initContainers[].restartPolicy",
                "spec.template.spec.initContainers[].ports",
                "status.replicas",
                "status.readyReplicas",
                "status.desiredNumberScheduled",
                "status.numberReady");

        static final List<String> PROMETHEUS = List.of(
                "spec.version",
                "spec.image",
                "spec.mode",
                "spec.replicas",
                "spec.shards",
                "spec.paused",
                "spec.retention",
                "spec.retentionSize",
                "spec.enableAdminAPI",
                "spec.routePrefix",
                "spec.listenLocal",
                "spec.portName",
                "spec.serviceName",
                "spec.web.tlsConfig.minVersion",
                "spec.web.tlsConfig.keySecret.name",
                "spec.web.tlsConfig.clientAuthType",
                "spec.web.tlsConfig.keySecret.key",
                "spec.thanos.version",
                "spec.thanos.objectStorageConfig.name",
                "spec.thanos.objectStorageConfig.key",
                "spec.disableCompaction",
                "spec.storage.emptyDir.sizeLimit",
                "spec.storage.ephemeral.volumeClaimTemplate.spec.resources.requests.storage",
                "spec.storage.volumeClaimTemplate.spec.resources.requests.storage",
                "spec.externalLabels",
                "spec.scrapeInterval",
                "spec.scrapeTimeout",
                "spec.evaluationInterval",
                "spec.scrapeClasses[].name",
                "spec.scrapeClasses[].default",
                "spec.scrapeClasses[].relabelings",
                "spec.scrapeClasses[].metricRelabelings",
                "spec.arbitraryFSAccessThroughSMs",
                "spec.serviceDiscoveryRole",
                "spec.serviceAccountName",
                "spec.podTargetLabels",
                "spec.overrideHonorLabels",
                "spec.overrideHonorTimestamps",
                "spec.enforcedNamespaceLabel",
                "spec.excludedFromEnforcement",
                "spec.enforcedSampleLimit",
                "spec.enforcedTargetLimit",
                "spec.enforcedLabelLimit",
                "spec.enforcedLabelNameLengthLimit",
                "spec.enforcedLabelValueLengthLimit",
                "spec.enforcedKeepDroppedTargets",
                "spec.enforcedBodySizeLimit",
                "spec.sampleLimit",
                "spec.bodySizeLimit",
                "spec.enableFeatures",
                "spec.resources",
                "spec.containers[].name",
                "spec.containers[].resources",
                "spec.remoteWrite[].name",
                "spec.ignoreNamespaceSelectors",
                "spec.serviceMonitorSelector",
                "spec.serviceMonitorNamespaceSelector",
                "spec.podMonitorSelector",
                "spec.podMonitorNamespaceSelector",
                "spec.probeSelector",
                "spec.probeNamespaceSelector",
                "spec.scrapeConfigSelector",
                "spec.scrapeConfigNamespaceSelector",
                "spec.ruleSelector",
                "spec.ruleNamespaceSelector",
                "spec.additionalScrapeConfigs.name",
                "spec.additionalScrapeConfigs.key");
    }
}
