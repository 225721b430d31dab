package io.promwarden.admission;

import java.util.List;
import java.util.Optional;

/** The operator's rules for a Probe. Two ways to authenticate at once are not its concern here. */
final class ProbeRules {

    private ProbeRules() {}

    static Optional<Reason> problem(Part spec, Judging judging) {
        Part targets = spec.part("targets").orElse(new Part(spec.at("targets"), spec.object()));
        boolean any = spec.has("targets");
        List<Part> fixed = any ? targets.part("staticConfig").stream().toList() : List.of();
        List<Part> ingress = any ? targets.part("ingress").stream().toList() : List.of();
        return MonitorRules.scrapeClass(spec, judging)
                .or(() -> fixed.isEmpty() && ingress.isEmpty()
                        ? Optional.of(new Reason(
                                "PROBE-TARGETS", targets.path(), "a Probe needs staticConfig or ingress targets."))
                        : Optional.empty())
                .or(() -> judging.missingSecret(spec, "bearerTokenSecret"))
                .or(() -> ClientRules.basicAuth(spec, judging))
                .or(() -> TlsRules.problem(spec, judging))
                .or(() -> ClientRules.authorization(spec, judging))
                .or(() -> ClientRules.oauth2(spec, judging))
                .or(() -> ScrapeTime.problem(spec, "interval", judging))
                .or(() -> MonitorRules.relabelings(spec, "metricRelabelings", judging))
                .or(() -> judging.operator().atLeast("0.92.0")
                        ? MonitorRules.first(fixed.stream().map(one -> labels(one, judging)))
                        : Optional.empty())
                .or(() -> MonitorRules.first(
                        fixed.stream().map(one -> MonitorRules.relabelings(one, "relabelingConfigs", judging))))
                .or(() -> MonitorRules.first(
                        ingress.stream().map(one -> MonitorRules.relabelings(one, "relabelingConfigs", judging))))
                .or(() -> spec.part("prober").flatMap(prober -> ProxyRules.problem(prober, judging)))
                .or(() -> url(spec, judging));
    }

    /** The names of labels that are put on static targets. */
    static Optional<Reason> labels(Part config, Judging judging) {
        return config.object().texts("labels").keySet().stream()
                .filter(name -> !RelabelRules.isLabelName(name, judging.version()))
                .findFirst()
                .map(name -> new Reason(
                        "STATIC-LABEL",
                        config.at("labels") + "[" + name + "]",
                        "\"" + name + "\" is no label name for Prometheus " + judging.version() + "."));
    }

    private static Optional<Reason> url(Part spec, Judging judging) {
        String url = spec.part("prober").map(prober -> prober.text("url")).orElse("");
        Optional<String> problem =
                judging.operator().atLeast("0.89.0") ? ProberUrl.problem(url) : ProberUrl.problemBeforeIpV6(url);
        return problem.map(words -> new Reason(
                "PROBE-URL", spec.at("prober.url"), words + "; write host or host:port, without a scheme or a path."));
    }
}
