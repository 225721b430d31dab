package io.promwarden.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/**
 * Reads kubeconfig files, several as kubectl merges them. What is wrong is told by file and line and never quoted: the
 * line may hold a token.
 */
final class Kubeconfig {

    private Kubeconfig() {}

    static Answer<Config> read(List<Path> files, Optional<String> context) {
        List<io.fabric8.kubernetes.api.model.Config> parsed = new ArrayList<>();
        for (Path file : files) {
            switch (parse(file)) {
                case Answer.Unknown<io.fabric8.kubernetes.api.model.Config> unknown -> {
                    return Answer.unknown(unknown.why());
                }
                case Answer.Known<io.fabric8.kubernetes.api.model.Config> known -> parsed.add(known.known());
            }
        }
        String names = String.join(", ", files.stream().map(Path::toString).toList());
        Optional<String> problem = contextProblem(parsed, context, names);
        if (problem.isPresent()) {
            return Answer.unknown(problem.get());
        }
        Config config = Config.empty();
        try {
            KubeConfigUtils.merge(
                    config, context.orElse(null), parsed.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return Answer.unknown("the kubeconfig " + names + " can't be used: " + Redaction.text(said));
        }
        return Answer.known(config);
    }

    private static Answer<io.fabric8.kubernetes.api.model.Config> parse(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Answer.unknown("the kubeconfig " + file + " can't be read: is the path right?");
        }
        try {
            // fabric8 fails in a way of its own on a file that is empty or no mapping.
            Object document = Serialization.unmarshal(Files.readString(file), Object.class);
            if (!(document instanceof Map<?, ?> map) || !map.containsKey("clusters")) {
                return Answer.unknown("the file " + file + " is no kubeconfig: it names no clusters");
            }
            return Answer.known(KubeConfigUtils.parseConfig(file.toFile()));
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " (line " + (mark.getLine() + 1) + ")")
                    .orElse("");
            return Answer.unknown("the kubeconfig " + file + " can't be used: it is no YAML" + line);
        } catch (YamlEngineException e) {
            return Answer.unknown("the kubeconfig " + file + " can't be used: it is no YAML");
        } catch (IllegalArgumentException | JacksonException e) {
            return Answer.unknown("the kubeconfig " + file + " can't be used: a field in it is not what it should be");
        } catch (IOException | KubernetesClientException e) {
            return Answer.unknown("the kubeconfig " + file + " can't be read: is it a kubeconfig?");
        }
    }

    /** fabric8 takes another context silently when the one that is asked for does not exist. */
    private static Optional<String> contextProblem(
            List<io.fabric8.kubernetes.api.model.Config> parsed, Optional<String> context, String names) {
        List<String> known = parsed.stream()
                .flatMap(config -> config.getContexts().stream())
                .map(NamedContext::getName)
                .toList();
        Optional<String> wanted = context.or(() -> parsed.stream()
                .map(io.fabric8.kubernetes.api.model.Config::getCurrentContext)
                .filter(current -> current != null && !current.isBlank())
                .findFirst());
        if (wanted.isEmpty()) {
            return Optional.of("the kubeconfig " + names + " has no current context: name one of " + known);
        }
        return known.contains(wanted.get())
                ? Optional.empty()
                : Optional.of("the kubeconfig " + names + " has no context " + wanted.get() + ", only " + known);
    }
}
