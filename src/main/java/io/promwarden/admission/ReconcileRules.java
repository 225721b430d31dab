package io.promwarden.admission;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What makes the operator give up on a Prometheus as a whole, so that it writes no new configuration for it: no fault of the
 * objects that it selects, and nothing can be said of them.
 */
final class ReconcileRules {

    /** The newest version that operator 0.93 knows, which is also what it runs where the object names none. */
    private static final String DEFAULT_VERSION = "3.13.2";

    private static final List<ObjectKind> SELECTED =
            List.of(ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR, ObjectKind.PROBE, ObjectKind.SCRAPE_CONFIG);

    private ReconcileRules() {}

    /** The version that the operator would generate for; empty if it can't read it. */
    static Optional<SemanticVersion> version(PrometheusObject prometheus) {
        String text = prometheus.raw().text("spec", "version").orElse("");
        return SemanticVersion.tolerant(text.isEmpty() ? DEFAULT_VERSION : text);
    }

    static Optional<Reason> problem(PrometheusObject prometheus, OperatorVersion operator) {
        Part spec = Part.spec(prometheus.raw());
        Optional<SemanticVersion> version = version(prometheus);
        if (version.isEmpty()) {
            return reason(prometheus, spec.at("version"), "\"" + spec.text("version") + "\" is no version");
        }
        long major = version.get().major();
        if (major != 2 && major != 3) {
            return reason(
                    prometheus,
                    spec.at("version"),
                    "the operator writes no configuration for version " + version.get());
        }
        return selectors(prometheus, spec)
                .or(() -> classes(prometheus, spec, version.get(), operator))
                .or(() -> ScrapeTime.problem(
                                ScrapeTime.globalInterval(prometheus.raw()),
                                spec.text("scrapeTimeout"),
                                "PROMETHEUS",
                                spec.at("scrapeTimeout"))
                        .flatMap(problem -> reason(prometheus, problem)));
    }

    private static Optional<Reason> selectors(PrometheusObject prometheus, Part spec) {
        for (ObjectKind kind : SELECTED) {
            String name = kind.kind().substring(0, 1).toLowerCase(Locale.ROOT)
                    + kind.kind().substring(1);
            for (String field : new String[] {name + "Selector", name + "NamespaceSelector"}) {
                Optional<Reason> problem = spec.part(field)
                        .flatMap(selector -> LabelSelectorRules.problem(selector, "PROMETHEUS"))
                        .flatMap(found -> reason(prometheus, found));
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> classes(
            PrometheusObject prometheus, Part spec, SemanticVersion version, OperatorVersion operator) {
        boolean standard = false;
        for (Part one : spec.parts("scrapeClasses")) {
            Optional<Reason> problem = RelabelRules.problem(one, "relabelings", version, operator)
                    .or(() -> RelabelRules.problem(one, "metricRelabelings", version, operator))
                    .or(() -> one.part("tlsConfig").flatMap(tls -> TlsRules.shape(tls, true)))
                    .flatMap(found -> reason(prometheus, found));
            if (problem.isPresent()) {
                return problem;
            }
            if (one.isTrue("default") && standard) {
                return reason(prometheus, one.at("default"), "two scrape classes are the default");
            }
            standard |= one.isTrue("default");
        }
        return Optional.empty();
    }

    private static Optional<Reason> reason(PrometheusObject prometheus, Reason inner) {
        String words = inner.message();
        return reason(prometheus, inner.path(), words.endsWith(".") ? words.substring(0, words.length() - 1) : words);
    }

    private static Optional<Reason> reason(PrometheusObject prometheus, String path, String words) {
        return Optional.of(new Reason(
                "PROMETHEUS",
                path,
                prometheus.kind().kind() + " " + prometheus.meta().key() + ": " + words
                        + "; the operator writes no configuration for it until that is mended."));
    }
}
