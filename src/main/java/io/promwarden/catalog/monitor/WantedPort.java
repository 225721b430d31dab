package io.promwarden.catalog.monitor;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port that an endpoint of a monitor asks for, by the operator's order of precedence. A name is an unescaped,
 * anchored regular expression there.
 *
 * @param key the field as it is written: port, targetPort or portNumber
 */
record WantedPort(Field field, String key, String value) {

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
            return port.map(name -> new WantedPort(Field.SERVICE_PORT, "port", name))
                    .or(() -> target(endpoint.value("targetPort")));
        }
        return port.map(name -> new WantedPort(Field.CONTAINER_NAME, "port", name))
                .or(() -> endpoint.whole("portNumber")
                        .map(number -> new WantedPort(Field.CONTAINER_NUMBER, "portNumber", number.toString())))
                .or(() -> target(endpoint.value("targetPort")));
    }

    private static Optional<WantedPort> target(@Nullable Object value) {
        if (value instanceof Number number && number.longValue() != 0) {
            return Optional.of(
                    new WantedPort(Field.CONTAINER_NUMBER, "targetPort", String.valueOf(number.longValue())));
        }
        return value instanceof String name && !name.isEmpty()
                ? Optional.of(new WantedPort(Field.CONTAINER_NAME, "targetPort", name))
                : Optional.empty();
    }

    /** True if it is there, or if nothing is there yet that could have it. */
    boolean couldBeIn(PortsSeen seen) {
        return switch (field) {
            case SERVICE_PORT ->
                !seen.anyService() || seen.servicePorts().stream().anyMatch(this::names);
            case CONTAINER_NAME ->
                !seen.anyContainer() || seen.containerPorts().stream().anyMatch(port -> names(port.name()));
            case CONTAINER_NUMBER ->
                !seen.anyContainer()
                        || seen.containerPorts().stream()
                                .anyMatch(port -> String.valueOf(port.number()).equals(value));
        };
    }

    private boolean names(String name) {
        if (name.equals(value)) {
            return true;
        }
        try {
            return Pattern.matches("(?s:" + value + ")", name);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** As the monitor writes it, e.g. {@code port: http}. */
    String text() {
        return key + ": " + value;
    }

    String described() {
        return field == Field.CONTAINER_NUMBER ? value : "named '" + value + "'";
    }
}
