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
import io.promwarden.inventory.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Labels of a target's own that win where they shouldn't, or lose where they should win. */
public final class HonorLabelsConflict implements Check<Monitor> {

    /** What hands on the metrics of others: its labels are about them. */
    private static final List<String> HANDING_ON = List.of(
            "federat", "pushgateway", "kube-state-metrics", "kubelet", "cadvisor", "exporter", "aggregat", "thanos");

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
            judge(part, evidence).ifPresent(findings::add);
        }
        return Inspection.found(findings);
    }

    private Optional<Finding> judge(ScrapePart part, Evidence evidence) {
        Monitor monitor = part.monitor();
        if (monitor.kind() == ObjectKind.PROBE) {
            return Optional.empty();
        }
        boolean honors = part.raw().isTrue("honorLabels");
        String about = (monitor.meta().name()
                        + " "
                        + monitor.selector().map(selector -> selector.text()).orElse("")
                        + " " + part.urlPath())
                .toLowerCase(Locale.ROOT);
        FindingDraft draft = on(monitor, evidence).aspect(part.name()).fact("field", part.field("honorLabels"));
        boolean federates = part.urlPath().endsWith("/federate");
        if (!honors && (federates || about.contains("pushgateway"))) {
            return Optional.of(
                    draft.fact("honorLabels", part.raw().text("honorLabels").orElse("not set: false"))
                            .fix(Fix.of("Let the labels win that come with the metrics.", "honorLabels: true\n"))
                            .say((federates ? "A federated server's" : "A Pushgateway's")
                                    + " metrics carry the job and instance that they are about, and here they are renamed to exported_job"
                                    + " and exported_instance"));
        }
        if (honors && HANDING_ON.stream().noneMatch(about::contains)) {
            return Optional.of(draft.severity(Severity.INFO)
                    .fix(Fix.of("Remove honorLabels, unless the target hands on the metrics of others."))
                    .say(
                            "Whatever labels the target writes win over those of discovery, so that it can pass for another"
                                    + " namespace, pod or job"));
        }
        return Optional.empty();
    }
}
