package io.promwarden.catalog.rule;

import io.promwarden.answer.Answer;
import io.promwarden.check.Evidence;
import io.promwarden.check.Need;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Subject;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.ServerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A rule group of one Prometheus object, as each of its servers has loaded it.
 *
 * @param file the rule file's name without folders, and without the UID that the operator appends
 */
record LoadedGroup(String owner, String file, String name, Map<ServerId, RuleGroup> byServer) {

    static final Subjects<LoadedGroup> ALL = new Subjects<>(
            Set.of(Need.RULES),
            LoadedGroup::of,
            (evidence, group) -> new Subject(evidence.cluster(), "RuleGroup", "", group.name));

    private static Answer<Stream<LoadedGroup>> of(Evidence evidence) {
        Map<List<String>, LoadedGroup> groups = new LinkedHashMap<>();
        for (MetricsServer server : evidence.metrics().answering()) {
            for (RuleGroup group : server.ruleGroups().value().orElse(List.of())) {
                String owner = server.id().owner();
                groups.computeIfAbsent(
                                List.of(owner, group.file(), group.name()),
                                key -> new LoadedGroup(owner, stem(group.file()), group.name(), new LinkedHashMap<>()))
                        .byServer()
                        .put(server.id(), group);
            }
        }
        return Answer.known(groups.values().stream());
    }

    private static String stem(String file) {
        return file.substring(file.lastIndexOf('/') + 1)
                .replaceFirst("\\.ya?ml$", "")
                .replaceFirst("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "");
    }
}
