package io.promwarden.catalog.target;

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
import java.util.Optional;
import java.util.Set;

/** {@code prometheus.io/} annotations with values that the usual scrape configuration can't use. */
public final class AnnotationInvalid implements Check<AnnotatedObject> {

    private static final String PORT = "prometheus.io/port";
    private static final String PATH = "prometheus.io/path";
    private static final String SCHEME = "prometheus.io/scheme";

    @Override
    public Subjects<AnnotatedObject> subject() {
        return AnnotatedObject.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.SERVICES, Need.WORKLOADS, Need.PODS);
    }

    @Override
    public Inspection inspect(AnnotatedObject object, Evidence evidence) {
        String scrape = object.annotations().getOrDefault(AnnotatedObject.SCRAPE, "");
        if (scrape.equals("false")) {
            return Inspection.clean();
        }
        List<Finding> findings = new ArrayList<>();
        if (!scrape.equals("true")) {
            findings.add(finding(
                    object,
                    AnnotatedObject.SCRAPE,
                    "is compared with true, letter by letter, so nothing is scraped",
                    "Write \"true\", or remove it.",
                    Severity.WARNING,
                    evidence));
        }
        value(object, PORT)
                .filter(port -> !isPort(port))
                .ifPresent(port -> findings.add(finding(
                        object,
                        PORT,
                        "is no port number, so the target keeps the port that discovery gave it",
                        "Write the container's port as a number between 1 and 65535, in quotes.",
                        Severity.WARNING,
                        evidence)));
        value(object, PATH)
                .filter(path -> !path.startsWith("/"))
                .ifPresent(path -> findings.add(finding(
                        object,
                        PATH,
                        "doesn't begin with a slash",
                        "Write the path with a slash in front; a whole URL is no path.",
                        path.contains("://") ? Severity.WARNING : Severity.INFO,
                        evidence)));
        value(object, SCHEME)
                .filter(scheme -> !scheme.equals("http") && !scheme.equals("https"))
                .ifPresent(scheme -> findings.add(finding(
                        object,
                        SCHEME,
                        "is neither http nor https",
                        "Write http or https, in small letters.",
                        Severity.WARNING,
                        evidence)));
        return Inspection.found(findings);
    }

    private Finding finding(
            AnnotatedObject object, String key, String what, String advice, Severity severity, Evidence evidence) {
        return on(object, evidence)
                .aspect(key)
                .severity(severity)
                .fact("field", object.field() + "[" + key + "]")
                .fact("value", object.annotations().getOrDefault(key, ""))
                .fix(Fix.of(advice))
                .say("The annotation " + key + " " + what);
    }

    private static Optional<String> value(AnnotatedObject object, String key) {
        return Optional.ofNullable(object.annotations().get(key));
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535;
    }
}
