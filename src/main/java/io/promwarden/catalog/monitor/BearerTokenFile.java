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
import java.util.Optional;
import java.util.Set;

/** Credentials or certificates that a ServiceMonitor reads from the files of the Prometheus pod. */
public final class BearerTokenFile implements Check<Monitor> {

    private static final List<String> TLS_FILES = List.of("caFile", "certFile", "keyFile");

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
            tokenFile(part, evidence).ifPresent(findings::add);
        }
        return Inspection.found(findings);
    }

    private Optional<Finding> tokenFile(ScrapePart part, Evidence evidence) {
        Optional<String> file = part.raw().text("bearerTokenFile").filter(text -> !text.isEmpty());
        List<String> others = TLS_FILES.stream()
                .filter(name -> part.raw()
                        .text("tlsConfig", name)
                        .filter(text -> !text.isEmpty())
                        .isPresent())
                .toList();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        boolean clear = !part.raw()
                .text("scheme")
                .orElse("http")
                .toLowerCase(Locale.ROOT)
                .equals("https");
        FindingDraft draft = on(part.monitor(), evidence)
                .aspect(part.name())
                .severity(clear ? Severity.WARNING : Severity.INFO)
                .fact("field", part.field("bearerTokenFile"))
                .fact("file", file.get())
                .fact("scheme", clear ? "http: the token can be read on the way" : "https");
        others.forEach(name -> draft.fact("tlsConfig." + name, "a file of the Prometheus pod, too"));
        draft.fix(Fix.of(
                clear
                        ? "Remove the field, if the target wants no token; else scrape it by https, with a token of its own."
                        : "Take the token from a Secret beside the monitor.",
                "authorization:\n  credentials: {name: scrape-token, key: token}\n"));
        return Optional.of(draft.say(
                clear
                        ? "It sends a token of the Prometheus pod over plain HTTP, to every target that it selects"
                        : "It reads a token from the files of the Prometheus pod: the field is deprecated, and whoever may write"
                                + " monitors can send that token to a server of theirs"));
    }
}
