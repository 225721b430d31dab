package io.promwarden.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Service. {@code selector} is empty for one whose endpoints are made by hand. */
public record Service(ObjectMeta meta, String type, Map<String, String> selector, List<Port> ports) {

    /**
     * A port of a Service.
     *
     * @param name empty for the only port of a Service
     * @param targetPort a number or a container port's name; the port itself where missing
     */
    public record Port(String name, int port, String targetPort) {}

    public Service {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    public static Service of(RawObject object) {
        List<Port> ports = object.objects("spec", "ports").stream()
                .map(port -> {
                    int number = port.whole("port").orElse(0L).intValue();
                    return new Port(
                            port.text("name").orElse(""),
                            number,
                            port.text("targetPort").orElse(String.valueOf(number)));
                })
                .toList();
        return new Service(
                ObjectMeta.of(object),
                object.text("spec", "type").orElse("ClusterIP"),
                object.texts("spec", "selector"),
                ports);
    }

    public boolean selects(Pod pod) {
        return !selector.isEmpty()
                && pod.meta().namespace().equals(meta.namespace())
                && pod.meta().labels().entrySet().containsAll(selector.entrySet());
    }

    public Optional<Port> findPort(String name) {
        return ports.stream().filter(port -> port.name().equals(name)).findFirst();
    }
}
