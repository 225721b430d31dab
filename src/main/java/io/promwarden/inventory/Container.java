package io.promwarden.inventory;

import java.util.List;
import java.util.Optional;

/** A container of a pod or of a workload's template; environment and arguments are never kept. */
public record Container(String name, String image, List<Port> ports) {

    /**
     * A declared port.
     *
     * @param name empty where the port has none
     */
    public record Port(String name, int number) {}

    public Container {
        ports = List.copyOf(ports);
    }

    /** The containers that run beside one another: the ordinary ones and restartable init containers (sidecars). */
    static List<Container> of(RawObject podSpec) {
        List<RawObject> running = new java.util.ArrayList<>(podSpec.objects("containers"));
        podSpec.objects("initContainers").stream()
                .filter(init ->
                        init.text("restartPolicy").filter("Always"::equals).isPresent())
                .forEach(running::add);
        return running.stream().map(Container::container).toList();
    }

    private static Container container(RawObject entry) {
        return new Container(
                entry.text("name").orElse(""),
                entry.text("image").orElse(""),
                entry.objects("ports").stream()
                        .map(port -> new Port(
                                port.text("name").orElse(""),
                                port.whole("containerPort").orElse(0L).intValue()))
                        .toList());
    }

    public Optional<Port> findPort(String portName) {
        return ports.stream().filter(port -> port.name().equals(portName)).findFirst();
    }
}
