package io.promwarden.selfmetrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.exporter.common.TextFormat;
import io.promwarden.coverage.Coverage;
import io.promwarden.coverage.CoverageRatio;
import io.promwarden.finding.Finding;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.GovernanceReport.StepDuration;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.RetentionResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One run as gauges. Every family has a sample: one that has no value tonight gets a single NaN without labels of its own,
 * so that last night's value doesn't stay behind.
 */
final class RunGauges {

    /** When a run of this job last came to its end with everything looked at. */
    static final String LAST_SUCCESS = "promwarden_last_success_timestamp_seconds";

    private static final String JOB = "promwarden_job";

    private final CollectorRegistry registry = new CollectorRegistry();
    private final GovernanceReport report;
    private final String job;

    private RunGauges(GovernanceReport report) {
        this.report = report;
        this.job = report.run().job();
    }

    /** Exit codes 0 and 1: everything was looked at and delivered, whatever was found. */
    static boolean complete(int exitCode) {
        return exitCode == 0 || exitCode == 1;
    }

    /**
     * The run in the text format 0.0.4.
     *
     * @param lastSuccess seconds since the epoch; empty leaves the family out
     */
    static String text(GovernanceReport report, int exitCode, Instant now, OptionalDouble lastSuccess) {
        RunGauges gauges = new RunGauges(report);
        gauges.addRun(exitCode, now, lastSuccess);
        gauges.addFindings(exitCode);
        gauges.addMeasures();
        gauges.addRetention();
        StringWriter text = new StringWriter();
        try {
            TextFormat.write004(text, gauges.registry.metricFamilySamples());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void addRun(int exitCode, Instant now, OptionalDouble lastSuccess) {
        lastSuccess.ifPresent(seconds -> gauge(LAST_SUCCESS, "When a run last ended complete: exit code 0 or 1.")
                .labels(job)
                .set(seconds));
        gauge("promwarden_last_run_timestamp_seconds", "When a run last ended, complete or not.")
                .labels(job)
                .set(seconds(now));
        gauge("promwarden_run_exit_code", "Exit code of the last run.")
                .labels(job)
                .set(exitCode);
        gauge("promwarden_not_run", "Things that the last run could not look at.")
                .labels(job)
                .set(report.notRun().size());
        Gauge durations = gauge("promwarden_step_duration_seconds", "How long a step took.", "step", "cluster");
        for (StepDuration duration : report.durations()) {
            durations.labels(job, duration.step(), duration.cluster()).set(duration.seconds());
        }
        orUnknown(durations, report.durations().isEmpty(), "", "");
    }

    /** Findings that exemptions cover don't count. */
    private void addFindings(int exitCode) {
        Gauge findings = gauge("promwarden_findings", "Findings of the last run.", "cluster", "severity", "check");
        for (GovernanceReport.AgedFinding aged : report.findings()) {
            Finding finding = aged.finding();
            findings.labels(
                            job,
                            finding.subject().cluster(),
                            finding.severity().word(),
                            finding.check().toString())
                    .inc();
        }
        if (report.findings().isEmpty() && complete(exitCode)) {
            findings.labels(job, "", "", "").set(0);
        } else {
            orUnknown(findings, report.findings().isEmpty(), "", "", "");
        }
    }

    private void addMeasures() {
        Gauge ratio = gauge(
                "promwarden_coverage_ratio",
                "Services and workloads that are scraped, of those that count.",
                "cluster");
        boolean none = true;
        for (Coverage coverage : report.coverage()) {
            OptionalDouble measured = CoverageRatio.of(coverage.entries()).ratio();
            measured.ifPresent(value -> ratio.labels(job, coverage.cluster()).set(value));
            none &= measured.isEmpty();
        }
        orUnknown(ratio, none, "");
    }

    private void addRetention() {
        Gauge series = gauge(
                "promwarden_series_deleted",
                "Series of which the last run deleted samples, by its receipts.",
                "cluster");
        Gauge bytes =
                gauge("promwarden_bytes_freed", "Bytes that came back in the last run, by its receipts.", "cluster");
        List<String> clusters = new ArrayList<>();
        report.retention().stream().map(RetentionResult::cluster).forEach(clusters::add);
        report.receipts().stream().map(receipt -> receipt.server().cluster()).forEach(clusters::add);
        for (String cluster : clusters) {
            series.labels(job, cluster).set(0);
            bytes.labels(job, cluster).set(0);
        }
        for (Receipt receipt : report.receipts()) {
            String cluster = receipt.server().cluster();
            bytes.labels(job, cluster).inc((double) receipt.freedBytes());
            if (receipt.verdict() == Receipt.Verdict.DELETED || receipt.verdict() == Receipt.Verdict.PARTLY) {
                series.labels(job, cluster).inc((double) Math.max(0, receipt.seriesBefore()));
            }
        }
        orUnknown(series, clusters.isEmpty(), "");
        orUnknown(bytes, clusters.isEmpty(), "");
    }

    private void orUnknown(Gauge gauge, boolean empty, String... labels) {
        if (empty) {
            gauge.labels(labels(labels)).set(Double.NaN);
        }
    }

    private Gauge gauge(String name, String help, String... labels) {
        List<String> names = new ArrayList<>(List.of(JOB));
        names.addAll(List.of(labels));
        return Gauge.build(name, help).labelNames(names.toArray(String[]::new)).register(registry);
    }

    private String[] labels(String... values) {
        List<String> all = new ArrayList<>(List.of(job));
        all.addAll(List.of(values));
        return all.toArray(String[]::new);
    }

    static double seconds(Instant at) {
        return (double) at.toEpochMilli() / 1000;
    }
}
