package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.RuntimeInfo;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what a server says of itself, and tells Prometheus from those that speak its language. */
final class ServerIdentity {

    private ServerIdentity() {}

    static Answer<BuildInfo> buildInfo(JsonNode data) {
        String version = data.path("version").asString("");
        if (version.isEmpty()) {
            return Answer.unknown("the server tells no version");
        }
        String revision = data.path("revision").asString("");
        return Answer.known(new BuildInfo(application(data, version, revision), version, revision));
    }

    /**
     * Mimir and Cortex name themselves. VictoriaMetrics gives a version (of the Prometheus that it resembles) and nothing
     * else. Thanos gives the fields that Prometheus gives, but its version has always begun with 0, and Prometheus's API
     * has this call since 2.14.
     */
    private static String application(JsonNode data, String version, String revision) {
        String named = data.path("application").asString("");
        if (!named.isBlank()) {
            String lower = named.strip().toLowerCase(Locale.ROOT);
            return lower.startsWith("grafana ") ? lower.substring("grafana ".length()) : lower;
        }
        String go = data.path("goVersion").asString("");
        if (revision.isBlank() && go.isBlank()) {
            return "victoriametrics";
        }
        if (version.startsWith("0.") || version.startsWith("v0.")) {
            return "thanos";
        }
        return !revision.isBlank() && go.startsWith("go") ? "prometheus" : "unknown";
    }

    static Answer<RuntimeInfo> runtimeInfo(JsonNode data) {
        Optional<Boolean> reloaded = data.path("reloadConfigSuccess").booleanValueOpt();
        if (reloaded.isEmpty() || !data.path("corruptionCount").isNumber()) {
            return Answer.unknown("the server tells neither reload nor corruption: is this a Prometheus?");
        }
        return Answer.known(new RuntimeInfo(
                Times.instant(data.path("startTime").asString("")),
                reloaded.get(),
                data.path("corruptionCount").asLong(0),
                data.path("storageRetention").asString("")));
    }
}
