package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A scrape that takes any certificate for its target's. */
public final class InsecureTls implements Check<Monitor> {

    private static final List<List<String>> PLACES =
            List.of(List.of("tlsConfig", "insecureSkipVerify"), List.of("oauth2", "tlsConfig", "insecureSkipVerify"));

    @Override
    public Subjects<Monitor> subject() {
        return Monitors.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }

    @Override
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(Monitor monitor, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (ScrapePart part : ScrapePart.of(monitor)) {
            for (List<String> place : PLACES) {
                if (part.raw().isTrue(place.toArray(String[]::new))) {
                    findings.add(finding(part, String.join(".", place), evidence));
                }
            }
        }
        return Inspection.found(findings);
    }

    private Finding finding(ScrapePart part, String below, Evidence evidence) {
        boolean kubelet = kubelet(part.monitor());
        boolean credentials = Stream.of("authorization", "basicAuth", "bearerTokenFile", "bearerTokenSecret", "oauth2")
                .anyMatch(name -> part.raw().has(name));
        FindingDraft draft = on(part.monitor(), evidence)
                .aspect((part.name() + (below.startsWith("oauth2") ? " oauth2" : "")).strip())
                .severity(kubelet ? Severity.INFO : Severity.WARNING)
                .fact("field", part.field(below));
        if (credentials) {
            draft.fact("sends", "credentials, to whoever answers");
        }
        String text = kubelet
                ? "Kubelets sign their own certificates unless serverTLSBootstrap is on; where it is, remove the field."
                : "Name the CA that signed the certificate, and serverName where the certificate has another name.";
        return draft.fix(Fix.of(
                        text,
                        "tlsConfig:\n  ca:\n    configMap: {name: my-ca, key: ca.crt}\n  serverName: my-service\n"))
                .say("The certificate that answers isn't checked, so anybody on the way can answer"
                        + (credentials ? ", and read the credentials" : ""));
    }

    private static boolean kubelet(Monitor monitor) {
        return monitor.selector()
                .map(selector -> selector.text().toLowerCase(Locale.ROOT).contains("kubelet"))
                .orElse(false);
    }
}
