package io.promwarden.catalog.monitor;

import io.promwarden.finding.Fix;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.Service;
import io.promwarden.label.Nearest;
import java.util.List;
import java.util.Optional;

/**
 * Which port was meant.
 *
 * @param meant the port, and why it may be the one
 */
record PortHint(String meant, Fix fix) {

    static Optional<PortHint> of(ObjectKind kind, WantedPort wanted, PortsSeen seen) {
        return switch (wanted.field()) {
            case SERVICE_PORT ->
                byNumber(wanted, seen)
                        .or(() -> byTargetPort(wanted, seen))
                        .or(() -> serviceName(wanted, seen))
                        .or(() -> inContainer(wanted, seen))
                        .or(() -> unnamed(wanted, seen))
                        .or(() -> onlyNamed(seen));
            case CONTAINER_NAME -> outside(seen).or(() -> containerByName(kind, wanted, seen));
            case CONTAINER_NUMBER -> outside(seen).or(() -> containerByNumber(kind, wanted, seen));
        };
    }

    /** {@code port: "8080"}: a number where a name belongs. */
    private static Optional<PortHint> byNumber(WantedPort wanted, PortsSeen seen) {
        return servicePort(seen, port -> String.valueOf(port.port()).equals(wanted.value()))
                .map(found -> named(found, "its number is " + wanted.value()));
    }

    /** The name of the container's port where the Service's belongs. */
    private static Optional<PortHint> byTargetPort(WantedPort wanted, PortsSeen seen) {
        return servicePort(seen, port -> port.targetPort().equals(wanted.value()))
                .map(found -> named(found, "its targetPort is " + wanted.value()));
    }

    private static Optional<PortHint> serviceName(WantedPort wanted, PortsSeen seen) {
        return Nearest.to(wanted.value(), seen.servicePorts())
                .map(name ->
                        new PortHint(name, Fix.of("Use the name of the Service's port.", "port: " + Patch.yaml(name))));
    }

    private static Optional<PortHint> inContainer(WantedPort wanted, PortsSeen seen) {
        return seen.containerPorts().stream()
                .filter(port -> port.name().equals(wanted.value()))
                .findFirst()
                .map(port -> new PortHint(
                        "the container port " + wanted.value() + ", which the Service leaves out",
                        Fix.of(
                                "Add the port to the Service, or scrape the container's port with targetPort.",
                                "spec:\n  ports:\n    - name: " + Patch.yaml(wanted.value()) + "\n      port: "
                                        + port.number() + "\n      targetPort: " + Patch.yaml(wanted.value()) + "\n")));
    }

    /** A Service with one port may leave its name out; a monitor can then only scrape it without naming a port. */
    private static Optional<PortHint> unnamed(WantedPort wanted, PortsSeen seen) {
        return servicePort(seen, port -> port.name().isEmpty())
                .map(found -> naming(found, wanted.value(), "it is the only one"));
    }

    /** A target port is a container's, and endpoints outside the cluster have none. */
    private static Optional<PortHint> outside(PortsSeen seen) {
        return seen.services().isEmpty() || seen.anyPod()
                ? Optional.empty()
                : Optional.of(new PortHint(
                        "the Service's port, as its endpoints are no pods",
                        Fix.of("Use port with the name of the Service's port: targetPort works with pods only.")));
    }

    private static Optional<PortHint> onlyNamed(PortsSeen seen) {
        List<String> names =
                seen.servicePorts().stream().filter(name -> !name.isEmpty()).toList();
        if (names.size() != 1) {
            return Optional.empty();
        }
        return Optional.of(new PortHint(
                names.get(0) + ", the only named port",
                Fix.of(
                        "Use the name of the Service's port, if it serves metrics.",
                        "port: " + Patch.yaml(names.get(0)))));
    }

    private static Optional<PortHint> containerByName(ObjectKind kind, WantedPort wanted, PortsSeen seen) {
        Optional<Container.Port> number = seen.containerPorts().stream()
                .filter(port -> String.valueOf(port.number()).equals(wanted.value()))
                .findFirst();
        if (number.isPresent()) {
            String field = kind == ObjectKind.POD_MONITOR ? "portNumber" : "targetPort";
            return Optional.of(new PortHint(
                    "the number " + wanted.value() + ", not a name",
                    Fix.of("Write the number without quotes.", field + ": " + wanted.value())));
        }
        List<String> names =
                seen.containerPorts().stream().map(Container.Port::name).toList();
        return Nearest.to(wanted.value(), names)
                .map(name -> new PortHint(
                        name, Fix.of("Use the name of the container's port.", wanted.key() + ": " + Patch.yaml(name))));
    }

    private static Optional<PortHint> containerByNumber(ObjectKind kind, WantedPort wanted, PortsSeen seen) {
        String field = kind == ObjectKind.POD_MONITOR ? "portNumber" : "targetPort";
        return seen.containerPorts().stream()
                .map(Container.Port::number)
                .distinct()
                .filter(number -> Nearest.alike(wanted.value(), number.toString()))
                .findFirst()
                .map(number -> new PortHint(
                        number.toString(), Fix.of("Use the container's port number.", field + ": " + number)))
                .or(() -> Optional.of(new PortHint(
                        wanted.value() + ", if the container listens there without saying so",
                        Fix.of(
                                "Declare the port in the pod template: Prometheus finds declared ports only.",
                                "ports:\n  - name: metrics\n    containerPort: " + wanted.value() + "\n"))));
    }

    private record Found(Service service, Service.Port port) {}

    private static Optional<Found> servicePort(PortsSeen seen, java.util.function.Predicate<Service.Port> wanted) {
        return seen.services().stream()
                .flatMap(service -> service.ports().stream().filter(wanted).map(port -> new Found(service, port)))
                .findFirst();
    }

    private static PortHint named(Found found, String because) {
        String name = found.port().name();
        if (!name.isEmpty()) {
            return new PortHint(
                    name + ": " + because, Fix.of("Use the name of the Service's port.", "port: " + Patch.yaml(name)));
        }
        return naming(found, "metrics", because);
    }

    private static PortHint naming(Found found, String name, String because) {
        return new PortHint(
                "the unnamed port of Service " + found.service().meta().key() + ": " + because,
                Fix.of(
                        "Give the Service's port a name, and use that name in the monitor.",
                        "spec:\n  ports:\n    - name: " + Patch.yaml(name) + "\n      port: "
                                + found.port().port() + "\n      targetPort: "
                                + Patch.yaml(found.port().targetPort()) + "\n"));
    }
}
