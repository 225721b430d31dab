package io.promwarden.inventory;

/**
 * A Warning event by which the operator says that it leaves an object out, reason {@code InvalidConfiguration}.
 *
 * @param kind the object's kind, e.g. {@code ServiceMonitor}
 * @param message the operator's words
 */
public record OperatorEvent(String kind, String namespace, String name, String message) {

    public static OperatorEvent of(RawObject raw) {
        return new OperatorEvent(
                raw.text("involvedObject", "kind").orElse(""),
                raw.text("involvedObject", "namespace").orElse(""),
                raw.text("involvedObject", "name").orElse(""),
                raw.text("message").orElse(""));
    }
}
