package io.promwarden.catalog.monitor;

import io.promwarden.check.Evidence;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.OperatorEvent;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import java.util.List;
import java.util.Optional;

/** What the operator itself says of a monitor: in its status, which is off by default, and in its events, which last an hour. */
final class OperatorSaid {

    /**
     * One statement.
     *
     * @param words the operator's own, where it gives any
     */
    record Statement(boolean accepted, String words) {
        String text() {
            return (accepted ? "accepted" : "rejected") + (words.isEmpty() ? "" : ": " + words);
        }
    }

    private OperatorSaid() {}

    /** What the status says of the object as it is now; what it says of an older generation doesn't count. */
    static Optional<Statement> status(Monitor monitor, PrometheusObject prometheus) {
        for (RawObject binding : monitor.raw().objects("status", "bindings")) {
            boolean ours = binding.text("resource")
                            .filter(prometheus.kind().plural()::equals)
                            .isPresent()
                    && binding.text("namespace")
                            .filter(prometheus.meta().namespace()::equals)
                            .isPresent()
                    && binding.text("name")
                            .filter(prometheus.meta().name()::equals)
                            .isPresent();
            if (ours) {
                return condition(monitor, binding);
            }
        }
        return Optional.empty();
    }

    /** The operator's events about the object; they don't tell for which Prometheus. */
    static List<String> events(Monitor monitor, Evidence evidence) {
        return evidence.declared().operatorEvents().value().orElse(List.of()).stream()
                .filter(event -> event.kind().equals(monitor.kind().kind())
                        && event.namespace().equals(monitor.meta().namespace())
                        && event.name().equals(monitor.meta().name()))
                .map(OperatorEvent::message)
                .distinct()
                .toList();
    }

    private static Optional<Statement> condition(Monitor monitor, RawObject binding) {
        long generation = monitor.raw().whole("metadata", "generation").orElse(-1L);
        return binding.objects("conditions").stream()
                .filter(condition -> condition.text("type").orElse("").equals("Accepted"))
                .filter(condition -> condition.whole("observedGeneration").orElse(-2L) == generation)
                .findFirst()
                .flatMap(condition -> switch (condition.text("status").orElse("")) {
                    case "True" -> Optional.of(new Statement(true, ""));
                    case "False" ->
                        Optional.of(
                                new Statement(false, condition.text("message").orElse("")));
                    default -> Optional.empty();
                });
    }
}
