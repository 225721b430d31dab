package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.OwnMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a server really is a Prometheus with a TSDB of its own, by its build information, its own metrics and its flags:
 * other databases speak the same API and understand a deletion differently.
 */
final class ServerIdentity {

    /** Metrics of those that look like a Prometheus and are none. */
    private static final List<String> OTHERS =
            List.of("thanos_build_info", "cortex_build_info", "mimir_build_info", "vm_app_version", "loki_build_info");

    private ServerIdentity() {}

    static List<Refusal> refusals(PodObservations seen) {
        List<Refusal> refusals = new ArrayList<>();
        switch (seen.ready()) {
            case Answer.Unknown<Boolean> unknown ->
                refusals.add(unknown("ready-unknown", "whether it is ready is not known: " + unknown.why()));
            case Answer.Known<Boolean> known -> {
                if (!known.known()) {
                    refusals.add(new Refusal(
                            "not-ready", "it is not ready, e.g. still replaying its WAL", "Wait until it is ready."));
                }
            }
        }
        switch (seen.buildInfo()) {
            case Answer.Unknown<BuildInfo> unknown ->
                refusals.add(unknown("build-info-unknown", "what it is is not known: " + unknown.why()));
            case Answer.Known<BuildInfo> known -> ofBuild(known.known(), refusals);
        }
        switch (seen.ownMetrics()) {
            case Answer.Unknown<OwnMetrics> unknown ->
                refusals.add(unknown("own-metrics-unknown", "its own metrics are not known: " + unknown.why()));
            case Answer.Known<OwnMetrics> known -> ofMetrics(seen, known.known(), refusals);
        }
        seen.flags().value().filter(ServerIdentity::agent).ifPresent(flags -> refusals.add(agentMode()));
        return refusals;
    }

    /** 2 or 3, the versions whose range boundaries are known; empty for any other. */
    static Optional<Integer> major(PodObservations seen) {
        return seen.buildInfo().value().flatMap(build -> major(build.version()));
    }

    static Refusal agentMode() {
        return new Refusal("agent-mode", "it runs as an agent: it keeps no history that could be deleted", "");
    }

    static Optional<Integer> major(String version) {
        return version.startsWith("2.") ? Optional.of(2) : version.startsWith("3.") ? Optional.of(3) : Optional.empty();
    }

    private static void ofBuild(BuildInfo build, List<Refusal> refusals) {
        if (!build.application().equals("prometheus")) {
            refusals.add(notPrometheus("its build information names " + build.application()));
        } else if (major(build.version()).isEmpty()) {
            refusals.add(new Refusal(
                    "version-unsupported",
                    "version " + build.version() + " is neither a 2 nor a 3: how it counts samples is not known",
                    ""));
        }
    }

    private static void ofMetrics(PodObservations seen, OwnMetrics metrics, List<Refusal> refusals) {
        Optional<String> other =
                OTHERS.stream().filter(name -> !metrics.samples(name).isEmpty()).findFirst();
        if (other.isPresent()) {
            refusals.add(notPrometheus("its own metrics have " + other.get()));
            return;
        }
        List<String> versions = metrics.samples("prometheus_build_info").stream()
                .map(sample -> sample.labels().value("version"))
                .toList();
        Optional<String> said = seen.buildInfo().value().map(BuildInfo::version);
        if (versions.size() != 1 || (said.isPresent() && !versions.getFirst().equals(said.get()))) {
            refusals.add(notPrometheus("prometheus_build_info of its own metrics does not give the version "
                    + said.orElse("that it claims")));
        } else if (metrics.samples("prometheus_tsdb_blocks_loaded").isEmpty()) {
            refusals.add(agentMode());
        }
    }

    private static boolean agent(Map<String, String> flags) {
        return Boolean.parseBoolean(flags.getOrDefault("agent", "false"))
                || Arrays.asList(flags.getOrDefault("enable-feature", "").split("[,\\s\\[\\]]+"))
                        .contains("agent");
    }

    private static Refusal notPrometheus(String why) {
        return new Refusal(
                "not-prometheus",
                "it is not known to be a Prometheus: " + why,
                "Only a real Prometheus server may be named in applyTo.");
    }

    private static Refusal unknown(String code, String reason) {
        return new Refusal(code, reason, "Make it reachable for this job; what is not known is refused.");
    }
}
