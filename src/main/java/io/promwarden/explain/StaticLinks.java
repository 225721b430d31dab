package io.promwarden.explain;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Relabeling of Probes and ScrapeConfigs, as far as their targets are written down. */
final class StaticLinks {

    private static final Set<String> UNKNOWABLE = Set.of("__meta_", "__scrape_timeout__", "__tmp_hash");

    private StaticLinks() {}

    /** True if the object names any source of targets. */
    static boolean declaresTargets(Monitor monitor) {
        RawObject raw = monitor.raw();
        if (monitor.kind() == ObjectKind.PROBE) {
            return raw.has("spec", "targets", "ingress")
                    || !raw.words("spec", "targets", "staticConfig", "static").isEmpty();
        }
        return raw.objects("spec", "staticConfigs").stream()
                        .anyMatch(config -> !config.words("targets").isEmpty())
                || discovers(raw);
    }

    private static boolean discovers(RawObject raw) {
        return raw.object("spec").stream()
                .flatMap(spec -> spec.tree().entrySet().stream())
                .anyMatch(field -> field.getKey().endsWith("SDConfigs")
                        && field.getValue() instanceof List<?> list
                        && !list.isEmpty());
    }

    static void judge(Draft draft) {
        draft.add(draft.monitor().kind() == ObjectKind.PROBE ? probe(draft) : scrapeConfig(draft));
    }

    private static Link probe(Draft draft) {
        RawObject raw = draft.monitor().raw();
        if (!raw.has("spec", "targets", "staticConfig")) {
            return Link.unknown(LinkName.RELABELING, "Ingresses are not read");
        }
        String prober = raw.text("spec", "prober", "url").orElse("");
        List<Candidate> targets = new ArrayList<>();
        for (String target : raw.words("spec", "targets", "staticConfig", "static")) {
            Map<String, String> labels = new LinkedHashMap<>(raw.texts("spec", "targets", "staticConfig", "labels"));
            labels.putIfAbsent("namespace", draft.monitor().meta().namespace());
            labels.put("__param_target", target);
            labels.put("instance", target);
            labels.put("__param_module", raw.text("spec", "module").orElse(""));
            labels.put(
                    "job",
                    raw.text("spec", "jobName")
                            .orElse("probe/" + draft.monitor().meta().key()));
            targets.add(candidates(draft).ofStatic(prober, labels));
        }
        return new RelabelingLink(
                        draft.prometheus(),
                        draft.scrapeClass(),
                        raw.objects("spec", "targets", "staticConfig", "relabelingConfigs"),
                        "spec.targets.staticConfig.relabelingConfigs")
                .judge(targets, UNKNOWABLE);
    }

    private static Link scrapeConfig(Draft draft) {
        RawObject raw = draft.monitor().raw();
        if (discovers(raw)) {
            return Link.unknown(LinkName.RELABELING, "what its service discovery finds is not known here");
        }
        List<Candidate> targets = new ArrayList<>();
        for (RawObject config : raw.objects("spec", "staticConfigs")) {
            Map<String, String> labels = new LinkedHashMap<>(config.texts("labels"));
            labels.putIfAbsent(
                    "job",
                    raw.text("spec", "jobName")
                            .orElse("scrapeConfig/" + draft.monitor().meta().key()));
            config.words("targets")
                    .forEach(target -> targets.add(candidates(draft).ofStatic(target, labels)));
        }
        return new RelabelingLink(
                        draft.prometheus(), draft.scrapeClass(), raw.objects("spec", "relabelings"), "spec.relabelings")
                .judge(targets, UNKNOWABLE);
    }

    private static Candidates candidates(Draft draft) {
        RawObject spec = draft.monitor().raw().object("spec").orElseGet(() -> RawObject.of(Map.of()));
        return new Candidates(draft.monitor(), draft.prometheus(), spec);
    }
}
