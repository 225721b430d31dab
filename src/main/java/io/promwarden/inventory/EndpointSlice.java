package io.promwarden.inventory;

import java.util.List;
import java.util.Optional;

/** A part of a Service's endpoints. */
public record EndpointSlice(ObjectMeta meta, String serviceName, List<Port> ports, List<Endpoint> endpoints) {

    public record Port(String name, int port) {}

    /**
     * One backend of a Service.
     *
     * @param podName the pod behind it, where there is one
     */
    public record Endpoint(List<String> addresses, boolean ready, Optional<String> podName) {}

    public EndpointSlice {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    public static EndpointSlice of(RawObject object) {
        return new EndpointSlice(
                ObjectMeta.of(object),
                object.labels().getOrDefault("kubernetes.io/service-name", ""),
                object.objects("ports").stream()
                        .map(port -> new Port(
                                port.text("name").orElse(""),
                                port.whole("port").orElse(0L).intValue()))
                        .toList(),
                object.objects("endpoints").stream()
                        .map(EndpointSlice::endpoint)
                        .toList());
    }

    private static Endpoint endpoint(RawObject entry) {
        boolean notReady = Boolean.FALSE.equals(entry.value("conditions", "ready"));
        Optional<String> pod =
                entry.text("targetRef", "kind").filter("Pod"::equals).isPresent()
                        ? entry.text("targetRef", "name")
                        : Optional.empty();
        return new Endpoint(entry.words("addresses"), !notReady, pod);
    }
}
