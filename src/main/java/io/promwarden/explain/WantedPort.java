package io.promwarden.explain;

import com.google.re2j.Pattern;
import io.promwarden.inventory.Container;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port that an endpoint of a monitor asks for, by the operator's order of precedence. A name is an unescaped,
 * anchored regular expression there.
 *
 * @param key the field as it is written: port, targetPort or portNumber
 */
record WantedPort(Field field, String key, String value, Pattern pattern) {

    /** What the port is compared with. */
    enum Field {
        SERVICE_PORT,
        CONTAINER_NAME,
        CONTAINER_NUMBER
    }

    /** Empty when the endpoint names no port: every port is then scraped. */
    static Optional<WantedPort> of(ObjectKind kind, RawObject endpoint) {
        Optional<String> port = endpoint.text("port").filter(name -> !name.isEmpty());
        if (kind == ObjectKind.SERVICE_MONITOR) {
            return port.map(name -> wanted(Field.SERVICE_PORT, "port", name))
                    .or(() -> target(endpoint.value("targetPort")));
        }
        return port.map(name -> wanted(Field.CONTAINER_NAME, "port", name))
                .or(() -> endpoint.whole("portNumber")
                        .map(number -> wanted(Field.CONTAINER_NUMBER, "portNumber", number.toString())))
                .or(() -> target(endpoint.value("targetPort")));
    }

    private static Optional<WantedPort> target(@Nullable Object value) {
        if (value instanceof Number number && number.longValue() != 0) {
            return Optional.of(wanted(Field.CONTAINER_NUMBER, "targetPort", String.valueOf(number.longValue())));
        }
        return value instanceof String name && !name.isEmpty()
                ? Optional.of(wanted(Field.CONTAINER_NAME, "targetPort", name))
                : Optional.empty();
    }

    private static WantedPort wanted(Field field, String key, String value) {
        return new WantedPort(field, key, value, OperatorSelector.anchored(value));
    }

    boolean ofService() {
        return field == Field.SERVICE_PORT;
    }

    boolean names(String portName) {
        return pattern.matches(portName);
    }

    boolean is(Container.Port port) {
        return field == Field.CONTAINER_NUMBER ? value.equals(String.valueOf(port.number())) : names(port.name());
    }

    boolean declaredBy(Collection<Container> containers) {
        return containers.stream()
                .flatMap(container -> container.ports().stream())
                .anyMatch(this::is);
    }

    List<Container.Port> ports(Container container) {
        return container.ports().stream().filter(this::is).toList();
    }

    /** As the monitor writes it, e.g. {@code port: http}. */
    String text() {
        return key + ": " + value;
    }

    String described() {
        return field == Field.CONTAINER_NUMBER ? value : "named '" + value + "'";
    }
}
