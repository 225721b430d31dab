package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.observation.ConfigurationFingerprint;
import io.promwarden.observation.ScrapeConfiguration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a loaded configuration: the names of its jobs, which of them honour an annotation, how samples are stored, and a
 * fingerprint of the whole. Nothing else is kept.
 */
final class ConfigurationReader {

    private static final Pattern SCRAPE_ANNOTATION =
            Pattern.compile("__meta_kubernetes_(pod|service)_annotation(present)?_prometheus_io_scrape");

    private ConfigurationReader() {}

    static Answer<ScrapeConfiguration> read(String yaml) {
        Object root;
        try {
            root = new Yaml(new SafeConstructor(options())).load(yaml);
        } catch (YAMLException e) {
            return Answer.unknown("the server's configuration can't be read as YAML");
        }
        Set<String> jobs = new HashSet<>();
        Set<String> annotationJobs = new HashSet<>();
        for (Object job : list(field(root, "scrape_configs"))) {
            String name = String.valueOf(field(job, "job_name"));
            jobs.add(name);
            if (readsAnnotation(job)) {
                annotationJobs.add(name);
            }
        }
        Map<String, String> storage = new HashMap<>();
        scalars(field(field(root, "storage"), "tsdb"), "", storage);
        String fingerprint = ConfigurationFingerprint.noted(yaml).orElseGet(() -> ConfigurationFingerprint.of(root));
        return Answer.known(new ScrapeConfiguration(jobs, annotationJobs, storage, fingerprint));
    }

    private static void scalars(Object value, String path, Map<String, String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> {
                if (below != null) {
                    scalars(below, path.isEmpty() ? String.valueOf(key) : path + "." + key, found);
                }
            });
        } else if (!path.isEmpty() && !(value instanceof List<?>)) {
            found.put(path, String.valueOf(value));
        }
    }

    private static boolean readsAnnotation(Object job) {
        return list(field(job, "relabel_configs")).stream()
                .flatMap(rule -> list(field(rule, "source_labels")).stream())
                .anyMatch(label ->
                        SCRAPE_ANNOTATION.matcher(String.valueOf(label)).matches());
    }

    private static Object field(Object object, String name) {
        Object value = object instanceof Map<?, ?> map ? map.get(name) : null;
        return value == null ? "" : value;
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        // The operator writes configurations of tens of megabytes; the answer's body has its cap already.
        options.setCodePointLimit(Integer.MAX_VALUE);
        return options;
    }
}
