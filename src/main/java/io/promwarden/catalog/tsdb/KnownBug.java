package io.promwarden.catalog.tsdb;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.ScrapeConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server whose version has a bug that is known, and that uses what the bug is in. */
public final class KnownBug implements Check<MetricsServer> {

    private static final List<Advisory> ADVISORIES = Advisory.all();

    /** How a flag is shown that nobody set. */
    private static final Set<String> UNSET = Set.of("", "0", "0s", "0B", "false");

    @Override
    public Subjects<MetricsServer> subject() {
        return TsdbSubjects.STORES;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.OWN_METRICS);
    }

    @Override
    public Set<Need> wants() {
        return Set.of(Need.CONFIGURATION, Need.FLAGS);
    }

    @Override
    public Inspection inspect(MetricsServer server, Evidence evidence) {
        Optional<OwnMetrics> own = server.ownMetrics().value();
        if (own.isEmpty()) {
            return Inspection.clean(); // the runner has told why
        }
        String told = own.get().samples("prometheus_build_info").stream()
                .map(sample -> sample.labels().value("version"))
                .findFirst()
                .orElse("");
        Optional<Version> version = Version.parse(told);
        if (version.isEmpty()) {
            return Inspection.notRun(server.id().text() + " does not expose its version in prometheus_build_info");
        }
        List<Finding> findings = new ArrayList<>();
        for (Advisory advisory : ADVISORIES) {
            if (advisory.concerns(version.get())) {
                switch (settings(advisory, server)) {
                    case Answer.Unknown<List<String>> unknown -> {
                        return Inspection.notRun(server.id().text() + ": " + unknown.why());
                    }
                    case Answer.Known<List<String>> settings -> {
                        if (settings.known().size() == advisory.conditions().size()) {
                            findings.add(finding(advisory, told, settings.known(), server, evidence));
                        }
                    }
                }
            }
        }
        return Inspection.found(findings);
    }

    /** Those of the conditions that hold, in words. */
    private static Answer<List<String>> settings(Advisory advisory, MetricsServer server) {
        List<String> holding = new ArrayList<>();
        for (Advisory.Condition condition : advisory.conditions()) {
            Answer<Map<String, String>> place = switch (condition.place()) {
                case CONFIG -> server.configuration().map(ScrapeConfiguration::storage);
                case FLAG -> server.flags();
            };
            if (place instanceof Answer.Unknown<Map<String, String>> unknown) {
                return Answer.unknown(unknown.why());
            }
            String value = place.value()
                    .map(all -> all.getOrDefault(condition.name(), ""))
                    .orElse("");
            if (!UNSET.contains(value)) {
                holding.add(
                        switch (condition.place()) {
                            case CONFIG -> "storage.tsdb." + condition.name() + ": " + value;
                            case FLAG -> "--" + condition.name() + "=" + value;
                        });
            }
        }
        return Answer.known(holding);
    }

    private Finding finding(
            Advisory advisory, String version, List<String> settings, MetricsServer server, Evidence evidence) {
        FindingDraft draft = on(server, evidence)
                .aspect(server.id().instance() + " " + advisory.id())
                .severity(advisory.severity())
                .fact("version", version);
        settings.forEach(setting -> draft.fact("set", setting));
        return draft.fact("source", advisory.source())
                .fact("how sure", "certain of the version and the setting; not whether the bug has struck")
                .fix(Fix.of(advisory.fix()))
                .say(server.id().instance() + " runs a version with a known bug (" + advisory.id() + "): "
                        + advisory.says());
    }
}
