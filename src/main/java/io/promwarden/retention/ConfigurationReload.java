package io.promwarden.retention;

import io.promwarden.observation.RuntimeInfo;
import java.util.List;
import java.util.OptionalDouble;

/** Whether the server runs with the configuration that it was given last. */
final class ConfigurationReload {

    private static final String SUCCESSFUL = "prometheus_config_last_reload_successful";

    private ConfigurationReload() {}

    static List<Refusal> refusals(PodObservations seen) {
        OptionalDouble successful = seen.ownMetrics()
                .value()
                .map(metrics -> metrics.sum(SUCCESSFUL))
                .orElse(OptionalDouble.empty());
        boolean told = seen.condition()
                .runtime()
                .value()
                .map(RuntimeInfo::reloadConfigSuccess)
                .orElse(true);
        if (!told || successful.orElse(1) == 0) {
            return List.of(new Refusal(
                    "configuration-reload-failed",
                    "its last configuration was not taken over: it runs with an older one, and would not start anew",
                    "Its log says what is wrong with the configuration; promtool check config finds it."));
        }
        return successful.isPresent()
                ? List.of()
                : List.of(new Refusal(
                        "configuration-reload-unknown",
                        "whether it took over its configuration is not known: its own metrics lack " + SUCCESSFUL,
                        "Check its /metrics; what is not known is refused."));
    }
}
