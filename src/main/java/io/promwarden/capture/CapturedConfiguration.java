package io.promwarden.capture;

import io.promwarden.finding.Redaction;
import io.promwarden.observation.ConfigurationFingerprint;
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
 * A Prometheus configuration reduced to the names of its jobs, the labels that their relabeling reads, how samples are
 * stored, and a fingerprint of the whole. Everything else (credentials, remote write, headers, parameters) is dropped; what is left is still a Prometheus configuration.
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
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("job_name", String.valueOf(job.get("job_name")));
            List<Map<String, Object>> relabelings = new ArrayList<>();
            for (Map<?, ?> relabeling : mappings(job.get("relabel_configs"))) {
                if (relabeling.get("source_labels") instanceof List<?> labels) {
                    relabelings.add(Map.of(
                            "source_labels",
                            labels.stream().map(String::valueOf).toList()));
                }
            }
            if (!relabelings.isEmpty()) {
                one.put("relabel_configs", relabelings);
            }
            jobs.add(one);
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("scrape_configs", jobs);
        if (configuration.get("storage") instanceof Map<?, ?> storage
                && storage.get("tsdb") instanceof Map<?, ?> tsdb) {
            kept.put("storage", Map.of("tsdb", scalars(tsdb)));
        }
        DumperOptions writing = new DumperOptions();
        writing.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        writing.setWidth(1000);
        return ConfigurationFingerprint.note(ConfigurationFingerprint.of(configuration))
                + new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(writing), writing).dump(kept);
    }

    /** Times, sizes and shares: nothing that is written there is secret. */
    private static Map<String, Object> scalars(Map<?, ?> mapping) {
        Map<String, Object> kept = new LinkedHashMap<>();
        mapping.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                kept.put(String.valueOf(key), scalars(below));
            } else if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                kept.put(String.valueOf(key), Redaction.text(String.valueOf(value)));
            }
        });
        return kept;
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
