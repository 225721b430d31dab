package io.promwarden.explain;

import io.promwarden.inventory.Container;
import io.promwarden.inventory.Service;
import io.promwarden.label.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ports that are there, and the one that was most likely meant. */
final class NearPorts {

    private NearPorts() {}

    static List<String> ofServices(WantedPort wanted, List<Service> services) {
        List<String> evidence = new ArrayList<>();
        evidence.add(wanted.text() + ", the name of a Service's port");
        for (Service service : services.subList(0, Math.min(5, services.size()))) {
            evidence.add("Service " + service.meta().key() + " has "
                    + (service.ports().isEmpty()
                            ? "no port"
                            : Words.list(service.ports().stream()
                                    .map(port ->
                                            (port.name().isEmpty() ? "(unnamed)" : port.name()) + " " + port.port())
                                    .toList())));
        }
        meant(wanted, services).ifPresent(name -> evidence.add("most likely meant: " + name));
        return evidence;
    }

    /** The name of the port that was most likely meant: by number, by target port, by likeness, or the only one. */
    static Optional<String> meant(WantedPort wanted, List<Service> services) {
        List<Service.Port> named = services.stream()
                .flatMap(service -> service.ports().stream())
                .filter(port -> !port.name().isEmpty())
                .toList();
        List<String> names = named.stream().map(Service.Port::name).distinct().toList();
        return named.stream()
                .filter(port -> String.valueOf(port.port()).equals(wanted.value())
                        || port.targetPort().equals(wanted.value()))
                .map(Service.Port::name)
                .findFirst()
                .or(() -> Nearest.to(wanted.value(), names))
                .or(() -> names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty());
    }

    static List<String> ofContainers(WantedPort wanted, List<Container> containers) {
        List<String> evidence = new ArrayList<>();
        evidence.add(wanted.text() + ", a declared container port");
        List<String> declared = containers.stream()
                .flatMap(container -> container.ports().stream())
                .map(port -> (port.name().isEmpty() ? "(unnamed)" : port.name()) + " " + port.number())
                .distinct()
                .toList();
        evidence.add(declared.isEmpty() ? "the containers declare no port" : "declared: " + Words.list(declared));
        meant(wanted, containers, false).ifPresent(port -> evidence.add("most likely meant: " + text(wanted, port)));
        return evidence;
    }

    /** The port that was most likely meant. {@code any} also takes the only declared port. */
    static Optional<Container.Port> meant(WantedPort wanted, List<Container> containers, boolean any) {
        List<Container.Port> ports = containers.stream()
                .flatMap(container -> container.ports().stream())
                .distinct()
                .toList();
        List<String> names = ports.stream()
                .map(Container.Port::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        return ports.stream()
                .filter(port -> String.valueOf(port.number()).equals(wanted.value())
                        || port.name().equals(wanted.value()))
                .findFirst()
                .or(() -> wanted.field() == WantedPort.Field.CONTAINER_NUMBER
                        ? Optional.empty()
                        : Nearest.to(wanted.value(), names)
                                .flatMap(name -> ports.stream()
                                        .filter(port -> port.name().equals(name))
                                        .findFirst()))
                .or(() -> ports.stream()
                        .filter(port -> wanted.field() == WantedPort.Field.CONTAINER_NUMBER
                                && Nearest.alike(wanted.value(), String.valueOf(port.number())))
                        .findFirst())
                .or(() -> any && ports.size() == 1 ? Optional.of(ports.get(0)) : Optional.empty());
    }

    /** The declared port to which a Service's unnamed port leads: nothing but a targetPort finds it. */
    static Optional<Container.Port> behindUnnamed(List<Service> services, List<Container> containers) {
        List<String> leads = services.stream()
                .flatMap(service -> service.ports().stream())
                .filter(port -> port.name().isEmpty())
                .map(Service.Port::targetPort)
                .toList();
        return containers.stream()
                .flatMap(container -> container.ports().stream())
                .filter(port -> leads.contains(port.name()) || leads.contains(String.valueOf(port.number())))
                .findFirst();
    }

    private static String text(WantedPort wanted, Container.Port port) {
        return wanted.field() == WantedPort.Field.CONTAINER_NUMBER
                        || port.name().isEmpty()
                ? String.valueOf(port.number())
                : port.name() + " (" + port.number() + ")";
    }
}
