package io.promwarden.admission;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rules about the discovery of Kubernetes objects. */
final class KubernetesDiscoveryRules {

    /** Which objects' selectors a role takes. */
    private static final Map<String, List<String>> SELECTORS = Map.of(
            "pod", List.of("pod"),
            "service", List.of("service"),
            "node", List.of("node"),
            "ingress", List.of("ingress"),
            "endpoints", List.of("pod", "service", "endpoints"),
            "endpointslice", List.of("pod", "service", "endpointslice"));

    private KubernetesDiscoveryRules() {}

    static Optional<Reason> apiServer(Part entry, Judging judging) {
        boolean own = entry.object().isTrue("namespaces", "ownNamespace");
        return entry.has("apiServer") && own
                ? Optional.of(new Reason(
                        "K8SSD",
                        entry.at("namespaces.ownNamespace"),
                        "another API server knows no namespace of ours; name the namespaces instead."))
                : Optional.empty();
    }

    static Optional<Reason> role(Part entry, Judging judging) {
        return role(entry).equals("endpointslice") && judging.version().before("2.21.0")
                ? DiscoveryRules.tooOld(entry, "role", "K8SSD", "the role EndpointSlice", "2.21.0", judging)
                : Optional.empty();
    }

    static Optional<Reason> selectors(Part entry, Judging judging) {
        List<String> allowed = SELECTORS.getOrDefault(role(entry), List.of());
        return MonitorRules.first(entry.parts("selectors").stream()
                        .map(selector -> allowed.contains(role(selector))
                                ? Optional.<Reason>empty()
                                : Optional.of(new Reason(
                                        "K8SSD-SEL",
                                        selector.at("role"),
                                        "the role " + entry.text("role") + " takes selectors of these only: "
                                                + String.join(", ", allowed) + "."))))
                .or(() -> MonitorRules.first(
                        entry.parts("selectors").stream().map(KubernetesDiscoveryRules::unparsable)));
    }

    private static Optional<Reason> unparsable(Part selector) {
        return FieldSelectorGrammar.problem(selector.text("field"))
                .map(words -> new Reason("K8SSD-SEL", selector.at("field"), words + "."))
                .or(() -> LabelSelectorGrammar.problem(selector.text("label"))
                        .map(words -> new Reason("K8SSD-SEL", selector.at("label"), words + ".")));
    }

    private static String role(Part part) {
        return part.text("role").toLowerCase(Locale.ROOT);
    }
}
