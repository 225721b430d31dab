package io.promwarden.catalog.rule;

import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Finding;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.observation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules whose last evaluation failed. */
public final class EvaluationFailing implements Check<LoadedGroup> {

    private static final int LONGEST = 400;

    /** What makes a rule the same in two replicas. */
    private record RuleKey(Rule.Kind kind, String name, String expression, String labels) {
        static RuleKey of(Rule rule) {
            return new RuleKey(
                    rule.kind(), rule.name(), rule.expression(), rule.labels().text());
        }
    }

    private record Failure(String error, Set<String> servers) {}

    @Override
    public Subjects<LoadedGroup> subject() {
        return LoadedGroup.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.RULES);
    }

    @Override
    public Inspection inspect(LoadedGroup group, Evidence evidence) {
        Map<RuleKey, Failure> failures = new LinkedHashMap<>();
        group.byServer()
                .forEach((server, loaded) -> loaded.rules().stream()
                        .filter(rule -> rule.health().equals("err"))
                        .forEach(rule -> failures.computeIfAbsent(
                                        RuleKey.of(rule), key -> new Failure(rule.lastError(), new TreeSet<>()))
                                .servers()
                                .add(server.instance())));
        Map<String, Integer> sameName = new HashMap<>();
        failures.keySet().forEach(key -> sameName.merge(key.name(), 1, Integer::sum));
        List<Finding> findings = new ArrayList<>();
        failures.forEach((key, failure) ->
                findings.add(finding(group, key, failure, sameName.getOrDefault(key.name(), 1) > 1, evidence)));
        return Inspection.found(findings);
    }

    private Finding finding(LoadedGroup group, RuleKey rule, Failure failure, boolean ambiguous, Evidence evidence) {
        String word = switch (rule.kind()) {
            case ALERTING -> "alerting rule";
            case RECORDING -> "recording rule";
        };
        String aspect = group.owner() + " " + group.file() + " " + rule.name();
        if (ambiguous) {
            aspect += " " + Integer.toHexString((rule.expression() + rule.labels()).hashCode());
        }
        return on(group, evidence)
                .aspect(aspect)
                .fact("error", shortened(failure.error()))
                .fact("expression", shortened(rule.expression()))
                .fact("rule file", group.file())
                .fact("Prometheus", group.owner())
                .fact("seen by", String.join(", ", failure.servers()))
                .fix(Fix.of(advice(failure.error())))
                .say("The " + word + " " + rule.name() + " can't be evaluated, so it "
                        + (rule.kind() == Rule.Kind.ALERTING ? "can't fire" : "records nothing"));
    }

    private static String advice(String error) {
        String lower = error.toLowerCase(Locale.ROOT);
        if (lower.contains("many-to-many") || lower.contains("duplicate series")) {
            return "Aggregate one side to the labels that both sides share, or match with on(...) and group_left().";
        }
        if (lower.contains("multiple matches for labels")) {
            return "Add group_left() or group_right() for the side with several series, or aggregate that side.";
        }
        if (lower.contains("too many samples") || lower.contains("timed out") || lower.contains("deadline")) {
            return "Make the expression cheaper: narrower matchers, a shorter range, or a recording rule in between.";
        }
        if (lower.contains("same labelset") || lower.contains("same labels")) {
            return "Keep a label in the result that tells its series apart: two of them end with the same labels.";
        }
        if (lower.contains("template") || lower.contains("execut")) {
            return "Correct the template in the rule's labels or annotations.";
        }
        return "Run the expression in Prometheus' query page, correct it there, and carry it back to the rule.";
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
