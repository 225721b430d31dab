package io.promwarden.catalog.prometheus;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.PrometheusObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A feature flag that this version of Prometheus has by default, or no longer knows. */
public final class FeatureFlagObsolete implements Check<PrometheusObject> {

    /**
     * Since when a flag does nothing.
     *
     * @param instead what has to be set now; empty where the behaviour is the default
     */
    private record Obsolete(int major, int minor, String instead) {

        boolean in(int inMajor, int inMinor) {
            return inMajor > major || (inMajor == major && inMinor >= minor);
        }
    }

    /** From Prometheus' migration guide for 3.0 and the release notes of 3.4 and 3.9. */
    private static final Map<String, Obsolete> FLAGS = Map.ofEntries(
            Map.entry("promql-at-modifier", new Obsolete(3, 0, "")),
            Map.entry("promql-negative-offset", new Obsolete(3, 0, "")),
            Map.entry("new-service-discovery-manager", new Obsolete(3, 0, "")),
            Map.entry("expand-external-labels", new Obsolete(3, 0, "")),
            Map.entry("no-default-scrape-port", new Obsolete(3, 0, "")),
            Map.entry("auto-gomemlimit", new Obsolete(3, 0, "")),
            Map.entry("auto-gomaxprocs", new Obsolete(3, 0, "")),
            Map.entry("utf8-names", new Obsolete(3, 0, "")),
            Map.entry("remote-write-receiver", new Obsolete(3, 0, "spec.enableRemoteWriteReceiver: true")),
            Map.entry("agent", new Obsolete(3, 0, "a PrometheusAgent object")),
            Map.entry("ooo-native-histograms", new Obsolete(3, 4, "")),
            Map.entry("native-histograms", new Obsolete(3, 9, "spec.scrapeNativeHistograms: true")));

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})(?:\\.(\\d{1,6}))?(?:[.+-].*)?");

    @Override
    public Subjects<PrometheusObject> subject() {
        return PrometheusSubjects.OBJECTS;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.PROMETHEUSES);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public boolean readsSubjectOnly() {
        return true;
    }

    @Override
    public Inspection inspect(PrometheusObject prometheus, Evidence evidence) {
        List<String> flags = prometheus.raw().words("spec", "enableFeatures");
        if (flags.stream().noneMatch(FLAGS::containsKey)) {
            return Inspection.clean();
        }
        String running = version(prometheus, evidence);
        Matcher version = VERSION.matcher(running);
        if (!version.matches()) {
            return Inspection.notRun(
                    "spec.version isn't set and no server told its version, so which feature flags are known"
                            + " to it can't be said");
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Optional.ofNullable(version.group(2)).map(Integer::parseInt).orElse(0);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < flags.size(); i++) {
            Obsolete obsolete = FLAGS.get(flags.get(i));
            if (obsolete != null && obsolete.in(major, minor)) {
                findings.add(finding(prometheus, i, flags.get(i), obsolete, running, evidence));
            }
        }
        return Inspection.found(findings);
    }

    /** As the object says; else as one of its servers says, the operator having chosen. */
    private static String version(PrometheusObject prometheus, Evidence evidence) {
        return prometheus
                .raw()
                .text("spec", "version")
                .filter(text -> !text.isEmpty())
                .or(() -> evidence.metrics().answering().stream()
                        .filter(server ->
                                server.id().owner().equals(prometheus.meta().key()))
                        .flatMap(server -> server.ownMetrics().value().stream())
                        .flatMap(own -> own.samples("prometheus_build_info").stream())
                        .map(sample -> sample.labels().value("version"))
                        .findFirst())
                .orElse("");
    }

    private Finding finding(
            PrometheusObject prometheus, int index, String flag, Obsolete obsolete, String running, Evidence evidence) {
        FindingDraft draft = on(prometheus, evidence)
                .aspect(flag)
                .fact("field", "spec.enableFeatures[" + index + "]")
                .fact("version", running)
                .fact("does nothing since", obsolete.major() + "." + obsolete.minor());
        if (obsolete.instead().isEmpty()) {
            return draft.severity(Severity.INFO)
                    .fix(Fix.of("Remove the flag."))
                    .say("The feature flag " + flag + " does nothing any more: what it turned on is the default");
        }
        return draft.fix(Fix.of("Use " + obsolete.instead() + " instead of the flag."))
                .say("The feature flag " + flag + " does nothing any more, and what it turned on is off without "
                        + obsolete.instead());
    }
}
