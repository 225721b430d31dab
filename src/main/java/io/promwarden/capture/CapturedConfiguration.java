package io.promwarden.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * A Prometheus configuration reduced to the names of its jobs and the labels that their relabeling reads. Everything
 * else (credentials, remote write, headers, parameters) is dropped; what is left is still a Prometheus configuration.
 */
final class CapturedConfiguration {

    private static final int LARGEST = 256 * 1024 * 1024;

    private CapturedConfiguration() {}

    /** Empty text if it is no YAML mapping: then nothing in it is known to be harmless. */
    static String reduce(String yaml) {
        Object document;
        try {
            LoaderOptions loading = new LoaderOptions();
            loading.setCodePointLimit(LARGEST);
            document = new Yaml(new SafeConstructor(loading)).load(yaml);
        } catch (YAMLException e) {
            return "";
        }
        if (!(document instanceof Map<?, ?> configuration)) {
            return "";
        }
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (Map<?, ?> job : mappings(configuration.get("scrape_configs"))) {
            Map<String, Object> kept = new LinkedHashMap<>();
            kept.put("job_name", String.valueOf(job.get("job_name")));
            List<Map<String, Object>> relabelings = new ArrayList<>();
            for (Map<?, ?> relabeling : mappings(job.get("relabel_configs"))) {
                if (relabeling.get("source_labels") instanceof List<?> labels) {
                    relabelings.add(Map.of(
                            "source_labels",
                            labels.stream().map(String::valueOf).toList()));
                }
            }
            if (!relabelings.isEmpty()) {
                kept.put("relabel_configs", relabelings);
            }
            jobs.add(kept);
        }
        DumperOptions writing = new DumperOptions();
        writing.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        writing.setWidth(1000);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(writing), writing)
                .dump(Map.of("scrape_configs", jobs));
    }

    private static List<Map<?, ?>> mappings(@org.jspecify.annotations.Nullable Object list) {
        List<Map<?, ?>> mappings = new ArrayList<>();
        if (list instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> mapping) {
                    mappings.add(mapping);
                }
            }
        }
        return mappings;
    }
}
