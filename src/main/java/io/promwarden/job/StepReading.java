package io.promwarden.job;

import io.promwarden.job.YamlNode.Entry;
import io.promwarden.job.YamlNode.Kind;
import io.promwarden.job.YamlNode.Mapping;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code steps}: what each says, and whether their order makes sense. */
final class StepReading {

    private static final Set<String> MEASURING = Set.of("validate", "retention", "compact", "coverage", "alerts");

    private final Values values;
    private final List<ClusterSpec> clusters;
    private final Map<String, Integer> lines = new HashMap<>();
    private boolean misspelt;

    StepReading(Values values, List<ClusterSpec> clusters) {
        this.values = values;
        this.clusters = clusters;
    }

    List<StepSpec> steps(Fields job) {
        List<StepSpec> steps = new ArrayList<>();
        for (YamlNode node : job.list("steps")) {
            if (node instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
                step(scalar.text(), scalar.at(), Optional.empty()).ifPresent(steps::add);
            } else if (node instanceof Mapping map) {
                for (Map.Entry<String, Entry> entry : map.entries().entrySet()) {
                    Entry settings = entry.getValue();
                    step(entry.getKey(), settings.key(), Fields.of(settings.value()))
                            .ifPresent(steps::add);
                }
            }
        }
        return steps;
    }

    private Optional<StepSpec> step(String word, Mark at, Optional<Fields> settings) {
        StepSpec step = switch (word) {
            case "validate" ->
                new StepSpec.Validate(settings.flatMap(fields -> fields.text("secrets"))
                        .map(Scalar::text)
                        .filter(text -> text.equals("keys"))
                        .isPresent());
            case "retention" -> new RetentionReading(values, clusters).retention(settings);
            case "compact" -> new CompactReading(values).compact(settings);
            case "coverage" -> new StepSpec.Coverage();
            case "alerts" -> new StepSpec.Alerts();
            case "report" -> new StepSpec.Report();
            case "deliver" ->
                new StepSpec.Deliver(new ChannelReading(values)
                        .channels(
                                settings.map(fields -> fields.list("channels")).orElse(List.of())));
            default -> null;
        };
        if (step == null) {
            misspelt = true;
        } else {
            order(word, at);
        }
        return Optional.ofNullable(step);
    }

    private void order(String word, Mark at) {
        Integer first = lines.putIfAbsent(word, at.line());
        if (first != null) {
            values.problems()
                    .add(at, "the step `" + word + "` is here twice, first in line " + first, "Keep one of them.");
            return;
        }
        if (word.equals("compact") && !lines.containsKey("retention")) {
            needs(word, at, "retention", "it compacts what that step deletes");
        }
        if (word.equals("report") && lines.keySet().stream().noneMatch(MEASURING::contains)) {
            needs(
                    word,
                    at,
                    "validate, retention, compact, coverage or alerts",
                    "without one there is nothing to report");
        }
        if (word.equals("deliver") && !lines.containsKey("report")) {
            needs(word, at, "report", "it sends what that step writes");
        }
        Integer report = lines.get("report");
        if (MEASURING.contains(word) && report != null) {
            values.problems()
                    .add(
                            at,
                            "`" + word + "` comes after `report` (line " + report
                                    + "), so its result would not be in the report",
                            "Move `" + word + "` in front of `report`.");
        }
    }

    private void needs(String word, Mark at, String needed, String why) {
        if (misspelt) {
            return; // it may be the one
        }
        values.problems()
                .add(
                        at,
                        "`" + word + "` needs an earlier step: " + needed + "; " + why,
                        "Add that step in front of `" + word + "`, or remove `" + word + "`.");
    }
}
