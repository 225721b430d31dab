package io.promwarden.explain;

import io.promwarden.admission.SemanticVersion;
import io.promwarden.answer.Answer;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.relabel.NameScheme;
import io.promwarden.relabel.RelabelRule;
import io.promwarden.relabel.Relabeled;
import io.promwarden.relabel.Relabeling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether the user's relabelings leave a target: a scrape class's, and then the endpoint's own. */
final class RelabelingLink {

    /** More targets than this say nothing new; they only differ in their addresses. */
    private static final int JUDGED = 500;

    /** The only annotations that are read of any object. */
    private static final Pattern READ_ANNOTATION =
            Pattern.compile("_annotation(present)?_prometheus_io_(scrape|port|path|scheme)$");

    private final List<Rule> rules = new ArrayList<>();
    private Optional<String> unreadable = Optional.empty();
    private final NameScheme names;

    private record Rule(String path, RawObject raw, RelabelRule rule) {}

    /**
     * The rules of an endpoint.
     *
     * @param own the endpoint's relabelings
     * @param path where they stand, e.g. {@code spec.endpoints[0].relabelings}
     */
    RelabelingLink(PrometheusObject prometheus, Optional<String> scrapeClass, List<RawObject> own, String path) {
        names = prometheus
                        .raw()
                        .text("spec", "version")
                        .flatMap(SemanticVersion::tolerant)
                        .map(version -> version.before("3.0.0"))
                        .orElse(false)
                ? NameScheme.LEGACY
                : NameScheme.UTF8;
        for (RawObject candidate : prometheus.raw().objects("spec", "scrapeClasses")) {
            boolean named = scrapeClass
                    .map(name -> candidate.text("name").orElse("").equals(name))
                    .orElseGet(() -> candidate.isTrue("default"));
            if (named) {
                add(
                        candidate.objects("relabelings"),
                        "scrape class " + candidate.text("name").orElse("") + " relabelings");
            }
        }
        add(own, path);
    }

    private void add(List<RawObject> raws, String path) {
        for (int i = 0; i < raws.size(); i++) {
            String here = path + "[" + i + "]";
            RawObject raw = raws.get(i);
            switch (read(raw)) {
                case Answer.Known<RelabelRule> known -> rules.add(new Rule(here, raw, known.known()));
                case Answer.Unknown<RelabelRule> unknown -> unreadable = Optional.of(here + ": " + unknown.why());
            }
        }
    }

    /** As the operator writes it: an empty expression is left out, an empty separator or replacement is not. */
    static Answer<RelabelRule> read(RawObject raw) {
        return RelabelRule.of(
                raw.text("action").orElse(""),
                raw.words("sourceLabels"),
                raw.text("separator"),
                raw.text("regex").filter(regex -> !regex.isEmpty()),
                raw.text("targetLabel").orElse(""),
                raw.whole("modulus").orElse(0L),
                raw.text("replacement"));
    }

    /**
     * The link.
     *
     * @param unknowable names of labels, or their beginnings, whose values the candidates don't have
     */
    Link judge(List<Candidate> candidates, Set<String> unknowable) {
        if (unreadable.isPresent()) {
            return Link.unknown(LinkName.RELABELING, unreadable.get());
        }
        if (rules.isEmpty()) {
            return Link.ok(LinkName.RELABELING, "no relabeling of its own");
        }
        Relabeling relabeling = new Relabeling(rules.stream().map(Rule::rule).toList(), names);
        Map<Integer, Integer> dropped = new LinkedHashMap<>();
        int noAddress = 0;
        int judged = Math.min(JUDGED, candidates.size());
        for (Candidate candidate : candidates.subList(0, judged)) {
            switch (relabeling.apply(candidate.asLabels())) {
                case Relabeled.Kept kept -> {
                    if (!kept.labels().value("__address__").isEmpty()) {
                        return Link.ok(
                                LinkName.RELABELING,
                                "a target passes its " + rules.size() + " rules, such as " + candidate.name());
                    }
                    noAddress++;
                }
                case Relabeled.Dropped drop -> dropped.merge(drop.rule(), 1, Integer::sum);
            }
        }
        Optional<String> doubt = doubt(dropped.keySet(), unknowable);
        if (doubt.isPresent()) {
            return Link.unknown(LinkName.RELABELING, doubt.get());
        }
        List<String> evidence = new ArrayList<>();
        dropped.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .forEach(entry -> evidence.add(said(rules.get(entry.getKey())) + " drops "
                        + (entry.getValue() == 1 ? "the target" : entry.getValue() + " targets")));
        if (noAddress > 0) {
            evidence.add(noAddress + " of them have no __address__ left");
        }
        return Link.broken(Code.DROPPED_BY_RELABELING, evidence);
    }

    private static String said(Rule rule) {
        RelabelRule said = rule.rule();
        return rule.path() + " (" + said.action().word()
                + (said.sourceLabels().isEmpty() ? "" : " on " + String.join(said.separator(), said.sourceLabels()))
                + rule.raw()
                        .text("regex")
                        .map(regex -> ", regex '" + regex + "'")
                        .orElse("") + ")";
    }

    /** A rule that drops by a label whose value we don't have, or that a rule before it made of such a label, proves nothing. */
    private Optional<String> doubt(Set<Integer> dropping, Set<String> unknowable) {
        Set<String> tainted = new TreeSet<>();
        for (int i = 0; i < rules.size(); i++) {
            RelabelRule rule = rules.get(i).rule();
            List<String> read = new ArrayList<>(rule.sourceLabels());
            Optional<String> blind = read.stream()
                    .filter(label -> tainted.contains(label)
                            || (!READ_ANNOTATION.matcher(label).find()
                                    && unknowable.stream().anyMatch(label::startsWith)))
                    .findFirst();
            if (blind.isEmpty()) {
                continue;
            }
            if (dropping.contains(i)) {
                return Optional.of(rules.get(i).path() + " reads " + blind.get() + ", which is not known here");
            }
            if (!rule.targetLabel().isEmpty()) {
                tainted.add(rule.targetLabel());
            }
        }
        return Optional.empty();
    }
}
