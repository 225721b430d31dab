package io.promwarden.catalog.monitor;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.relabel.RelabelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A list of relabeling rules of one scrape part, as the operator hands them on.
 *
 * @param path where it stands, e.g. {@code spec.endpoints[0].relabelings}
 * @param name its last word, which tells it from the part's others
 * @param ofMetrics true for rules that see samples, false for those that see targets
 * @param rules as Prometheus reads them; unknown for one that it refuses
 */
record RuleList(String path, String name, boolean ofMetrics, List<Answer<RelabelRule>> rules) {

    static List<RuleList> of(ScrapePart part) {
        Stream<RuleList> targets = part.monitor().kind() == ObjectKind.PROBE
                ? Stream.of(
                        list(part, "static relabelings", false, "targets", "staticConfig", "relabelingConfigs"),
                        list(part, "ingress relabelings", false, "targets", "ingress", "relabelingConfigs"))
                : Stream.of(list(part, "relabelings", false, "relabelings"));
        return Stream.concat(targets, Stream.of(list(part, "metricRelabelings", true, "metricRelabelings")))
                .toList();
    }

    /** The path of one rule. */
    String field(int rule) {
        return path + "[" + rule + "]";
    }

    private static RuleList list(ScrapePart part, String name, boolean ofMetrics, String... steps) {
        List<Answer<RelabelRule>> rules = new ArrayList<>();
        for (RawObject rule : part.raw().objects(steps)) {
            rules.add(read(rule));
        }
        return new RuleList(part.field(String.join(".", steps)), name, ofMetrics, rules);
    }

    /** The operator leaves an empty expression out, so that the default counts; an empty replacement is written. */
    private static Answer<RelabelRule> read(RawObject rule) {
        return RelabelRule.of(
                rule.text("action").orElse(""),
                rule.words("sourceLabels"),
                rule.text("separator"),
                rule.text("regex").filter(text -> !text.isEmpty()),
                rule.text("targetLabel").orElse(""),
                rule.whole("modulus").orElse(0L),
                rule.text("replacement"));
    }
}
