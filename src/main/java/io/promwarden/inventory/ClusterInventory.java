package io.promwarden.inventory;

import io.promwarden.answer.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that one cluster declares, each kind read once. A kind that could not be read is unknown, and whatever needs it
 * is not judged.
 */
public record ClusterInventory(
        String cluster,
        Answer<List<ObjectMeta>> namespaces,
        Answer<Indexed<Service>> services,
        Answer<List<EndpointSlice>> endpointSlices,
        Answer<Indexed<Pod>> pods,
        Answer<List<Workload>> workloads,
        Answer<List<VolumeClaim>> volumeClaims,
        Answer<List<PrometheusObject>> prometheuses,
        Answer<List<AlertmanagerObject>> alertmanagers,
        Answer<List<Monitor>> serviceMonitors,
        Answer<List<Monitor>> podMonitors,
        Answer<List<Monitor>> probes,
        Answer<List<Monitor>> scrapeConfigs,
        Answer<AccessRules> access,
        Answer<List<RawObject>> crds,
        Answer<List<OperatorEvent>> operatorEvents) {

    /** Reads everything from the source, kind after kind. */
    public static ClusterInventory read(String cluster, InventorySource source) {
        return new ClusterInventory(
                cluster,
                source.list(ObjectKind.NAMESPACE, ObjectMeta::of),
                source.list(ObjectKind.SERVICE, Service::of)
                        .map(list -> Indexed.of(
                                list,
                                service -> service.meta().namespace(),
                                service -> service.meta().labels())),
                source.list(ObjectKind.ENDPOINT_SLICE, EndpointSlice::of),
                source.list(ObjectKind.POD, Pod::of)
                        .map(list -> Indexed.of(
                                list,
                                pod -> pod.meta().namespace(),
                                pod -> pod.meta().labels())),
                all(List.of(
                        source.list(ObjectKind.DEPLOYMENT, Workload::of),
                        source.list(ObjectKind.STATEFUL_SET, Workload::of),
                        source.list(ObjectKind.DAEMON_SET, Workload::of))),
                source.list(ObjectKind.VOLUME_CLAIM, VolumeClaim::of),
                all(List.of(
                        source.list(ObjectKind.PROMETHEUS, raw -> PrometheusObject.of(ObjectKind.PROMETHEUS, raw)),
                        source.list(
                                ObjectKind.PROMETHEUS_AGENT,
                                raw -> PrometheusObject.of(ObjectKind.PROMETHEUS_AGENT, raw)))),
                source.list(ObjectKind.ALERTMANAGER, AlertmanagerObject::of),
                monitors(source, ObjectKind.SERVICE_MONITOR),
                monitors(source, ObjectKind.POD_MONITOR),
                monitors(source, ObjectKind.PROBE),
                monitors(source, ObjectKind.SCRAPE_CONFIG),
                AccessRules.read(source),
                source.list(ObjectKind.CUSTOM_RESOURCE_DEFINITION, raw -> raw),
                source.list(ObjectKind.EVENT, OperatorEvent::of));
    }

    /** The monitors of one of the four kinds. */
    public Answer<List<Monitor>> monitors(ObjectKind kind) {
        return switch (kind) {
            case SERVICE_MONITOR -> serviceMonitors;
            case POD_MONITOR -> podMonitors;
            case PROBE -> probes;
            case SCRAPE_CONFIG -> scrapeConfigs;
            default -> throw new IllegalArgumentException(kind + " is no monitor");
        };
    }

    /** The same with other namespaces. */
    public ClusterInventory withNamespaces(Answer<List<ObjectMeta>> changed) {
        return new ClusterInventory(
                cluster,
                changed,
                services,
                endpointSlices,
                pods,
                workloads,
                volumeClaims,
                prometheuses,
                alertmanagers,
                serviceMonitors,
                podMonitors,
                probes,
                scrapeConfigs,
                access,
                crds,
                operatorEvents);
    }

    /** The same with other Services, and the slices of these. */
    public ClusterInventory withServices(Answer<Indexed<Service>> changed, Answer<List<EndpointSlice>> slices) {
        return new ClusterInventory(
                cluster,
                namespaces,
                changed,
                slices,
                pods,
                workloads,
                volumeClaims,
                prometheuses,
                alertmanagers,
                serviceMonitors,
                podMonitors,
                probes,
                scrapeConfigs,
                access,
                crds,
                operatorEvents);
    }

    /** The same with other Prometheus objects. */
    public ClusterInventory withPrometheuses(Answer<List<PrometheusObject>> changed) {
        return new ClusterInventory(
                cluster,
                namespaces,
                services,
                endpointSlices,
                pods,
                workloads,
                volumeClaims,
                changed,
                alertmanagers,
                serviceMonitors,
                podMonitors,
                probes,
                scrapeConfigs,
                access,
                crds,
                operatorEvents);
    }

    /** The same with other rights. */
    public ClusterInventory withAccess(Answer<AccessRules> changed) {
        return new ClusterInventory(
                cluster,
                namespaces,
                services,
                endpointSlices,
                pods,
                workloads,
                volumeClaims,
                prometheuses,
                alertmanagers,
                serviceMonitors,
                podMonitors,
                probes,
                scrapeConfigs,
                changed,
                crds,
                operatorEvents);
    }

    /** The same with other monitors of one kind. */
    public ClusterInventory withMonitors(ObjectKind kind, Answer<List<Monitor>> changed) {
        return new ClusterInventory(
                cluster,
                namespaces,
                services,
                endpointSlices,
                pods,
                workloads,
                volumeClaims,
                prometheuses,
                alertmanagers,
                kind == ObjectKind.SERVICE_MONITOR ? changed : serviceMonitors,
                kind == ObjectKind.POD_MONITOR ? changed : podMonitors,
                kind == ObjectKind.PROBE ? changed : probes,
                kind == ObjectKind.SCRAPE_CONFIG ? changed : scrapeConfigs,
                access,
                crds,
                operatorEvents);
    }

    private static Answer<List<Monitor>> monitors(InventorySource source, ObjectKind kind) {
        return source.list(kind, raw -> Monitor.of(kind, raw));
    }

    /** All lists in one; unknown as soon as one of them is. */
    private static <T> Answer<List<T>> all(List<Answer<List<T>>> answers) {
        Answer<List<T>> joined = Answer.known(List.of());
        for (Answer<List<T>> answer : answers) {
            joined = joined.flatMap(before -> answer.map(more -> {
                List<T> both = new ArrayList<>(before);
                both.addAll(more);
                return List.copyOf(both);
            }));
        }
        return joined;
    }
}
