package io.promwarden.catalog.monitor;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A cluster whose kubelets, cAdvisor, API server or CoreDNS have no target in any Prometheus. */
public final class ControlPlaneUnscraped implements Check<String> {

    @Override
    public Subjects<String> subject() {
        return Subjects.CLUSTER;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PODS, Need.ENDPOINT_SLICES, Need.TARGETS);
    }

    @Override
    public Inspection inspect(String cluster, Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (ControlPlane component : ControlPlane.values()) {
            if (component.applies(evidence) && !component.scraped(evidence)) {
                findings.add(on(cluster, evidence)
                        .aspect(component.word())
                        .fact(
                                "servers asked",
                                String.valueOf(evidence.targets().answered().size()))
                        .fact(
                                "targets seen",
                                String.valueOf(evidence.targets().all().size()))
                        .fact("not known without it", component.gives())
                        .fix(Fix.of(
                                "Scrape it; with kube-prometheus-stack, switch it on in its values.",
                                component.patch()))
                        .say("No Prometheus of this cluster scrapes the " + component.word()));
            }
        }
        if (!findings.isEmpty() && !evidence.targets().gaps().isEmpty()) {
            return Inspection.notRun(evidence.targets().gaps().get(0));
        }
        return Inspection.found(findings);
    }
}
