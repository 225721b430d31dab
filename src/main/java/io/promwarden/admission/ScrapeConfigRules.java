package io.promwarden.admission;

import java.util.Optional;

/** The operator's rules for a ScrapeConfig, up to its service discoveries. */
final class ScrapeConfigRules {

    private ScrapeConfigRules() {}

    static Optional<Reason> problem(Part spec, Judging judging) {
        return MonitorRules.scrapeClass(spec, judging)
                .or(() -> MonitorRules.relabelings(spec, "relabelings", judging))
                .or(() -> ClientRules.basicAuth(spec, judging))
                .or(() -> ClientRules.authorization(spec, judging))
                .or(() -> ClientRules.oauth2(spec, judging))
                .or(() -> TlsRules.problem(spec, judging))
                .or(() -> ScrapeTime.problem(spec, "scrapeInterval", judging))
                .or(() -> ProxyRules.problem(spec, judging))
                .or(() -> MonitorRules.relabelings(spec, "metricRelabelings", judging))
                .or(() -> MonitorRules.first(
                        spec.parts("staticConfigs").stream().map(config -> ProbeRules.labels(config, judging))))
                .or(() -> Discovery.problem(spec, judging));
    }
}
