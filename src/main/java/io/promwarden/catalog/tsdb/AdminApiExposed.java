package io.promwarden.catalog.tsdb;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.observation.MetricsServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A server whose samples anybody can delete who reaches its port. */
public final class AdminApiExposed implements Check<MetricsServer> {

    private static final String FLAG = "web.enable-admin-api";
    private static final String LISTEN = "web.listen-address";
    private static final String FILE = "web.config.file";
    private static final Pattern LOOPBACK = Pattern.compile("(127(\\.\\d{1,3}){3}|localhost|\\[::1]):\\d+");

    @Override
    public Subjects<MetricsServer> subject() {
        return TsdbSubjects.STORES;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.FLAGS);
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        return switch (server.flags()) {
            case Answer.Unknown<Map<String, String>> unknown -> Inspection.clean(); // the runner has told why
            case Answer.Known<Map<String, String>> flags -> judge(server, flags.known(), evidence);
        };
    }

    private Inspection judge(MetricsServer server, Map<String, String> flags, Evidence evidence) {
        if (!flags.containsKey(FLAG)) {
            return Inspection.notRun(server.id().text() + " has no flag " + FLAG);
        }
        Optional<PrometheusObject> object = object(server, evidence);
        boolean local = LOOPBACK.matcher(flags.getOrDefault(LISTEN, "")).matches()
                || object.filter(PrometheusObject::listenLocal).isPresent();
        boolean certificates = object.flatMap(
                        prometheus -> prometheus.raw().text("spec", "web", "tlsConfig", "clientAuthType"))
                .filter("RequireAndVerifyClientCert"::equals)
                .isPresent();
        if (!flags.get(FLAG).equals("true") || local || certificates) {
            return Inspection.clean();
        }
        // The operator always mounts one, and can't ask for a password in it. A capture does not keep where it is.
        Optional<String> file = Optional.ofNullable(flags.get(FILE));
        boolean password = object.isEmpty() && !file.equals(Optional.of(""));
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance())
                .severity(password ? Severity.INFO : Severity.WARNING)
                .fact(FLAG, "true")
                .fact(LISTEN, flags.getOrDefault(LISTEN, "not told"))
                .fact("client certificates", object.isPresent() ? "not required by spec.web.tlsConfig" : "not known");
        if (password) {
            draft.fact(
                    FILE,
                    file.isPresent()
                            ? "set: it may ask for a password or a certificate; its content is not known"
                            : "not known; it may ask for a password or a certificate");
        }
        return Inspection.found(
                draft.fact("not looked at", "NetworkPolicies, and proxies in front of the server")
                        .fact(
                                "how sure",
                                password
                                        ? "certain that it is on; not known whether it wants credentials"
                                        : "certain that it is on and that the server itself asks nobody who he is")
                        .fix(
                                object.isPresent()
                                        ? Fix.of(
                                                "Turn it off where no retention is applied. Where it is: let a NetworkPolicy admit"
                                                        + " only Promwarden and those who query, or require client certificates.",
                                                "spec:\n  enableAdminAPI: false\n")
                                        : Fix.of(
                                                "Turn it off where no retention is applied (--web.enable-admin-api); else require"
                                                        + " credentials by --web.config.file."))
                        .say(
                                "The admin API of " + server.id().instance()
                                        + (password
                                                ? " is on: who may delete its samples is up to its web configuration"
                                                : " is on and asks for no credentials: whoever reaches its port can delete its samples")));
    }

    private static Optional<PrometheusObject> object(MetricsServer server, Evidence evidence) {
        return evidence.inventory().flatMap(declared -> declared.prometheuses().value()).stream()
                .flatMap(List::stream)
                .filter(prometheus -> prometheus.meta().key().equals(server.id().owner()))
                .findFirst();
    }
}
