package io.promwarden.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.label.Labels;
import io.promwarden.testing.RealPrometheus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random rules and label sets, through a real Prometheus and through ours. Every list of rules is a scrape job, every
 * label set a static target of it; what the server shows as active and dropped targets is held against what we say.
 */
class RelabelOracleIT {

    private static final long SEED = Long.getLong("promwarden.relabel.seed", 20261122L);
    private static final int JOBS = 1_000;
    private static final int TARGETS_PER_JOB = 22;
    private static final int SHRUNK = 30;
    private static final String ADDRESS = "__address__";
    private static final String DROPPED = "dropped";
    /** The server leaves out what has no address. */
    private static final String NOT_SHOWN = "not shown";

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /**
     * What makes a target of whatever the random rules leave, and shows its hidden labels; the address stays, as it is what
     * tells targets apart.
     */
    private static final List<WrittenRule> LAST = List.of(
            WrittenRule.set("__scheme__", "http"),
            WrittenRule.set("__metrics_path__", "/m"),
            WrittenRule.set("__scrape_interval__", "1d"),
            WrittenRule.set("__scrape_timeout__", "10s"),
            new WrittenRule(
                    "labelmap", List.of(), Optional.empty(), Optional.of("__(.+)"), "", 0, Optional.of("hidden_$1")));

    /** One list of rules, and the label sets that it is applied to. */
    private record Job(List<WrittenRule> rules, List<Map<String, String>> targets) {

        Relabeling relabeling() {
            List<WrittenRule> all = new ArrayList<>(rules);
            all.addAll(LAST);
            return new Relabeling(all.stream().map(WrittenRule::read).toList(), NameScheme.LEGACY);
        }
    }

    /** One case in which we differ. */
    private record Difference(List<WrittenRule> rules, Map<String, String> labels, String ours, String theirs) {

        int size() {
            return rules.size() * 10_000
                    + rules.toString().length()
                    + labels.toString().length();
        }

        String text() {
            return rules.stream().map(WrittenRule::yaml).toList() + "\n  on " + labels + "\n  ours   " + ours
                    + "\n  theirs " + theirs;
        }
    }

    @Test
    void random_rules_do_to_random_labels_what_a_real_server_does(@TempDir Path folder) {
        RandomRelabeling random = new RandomRelabeling(SEED);
        List<Job> jobs = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            List<WrittenRule> rules = random.rules();
            List<Map<String, String>> targets = new ArrayList<>();
            for (int target = 0; target < TARGETS_PER_JOB; target++) {
                targets.add(random.labels());
            }
            jobs.add(new Job(rules, targets));
        }
        assertThat(JOBS * TARGETS_PER_JOB).isGreaterThanOrEqualTo(20_000);

        List<Difference> differences = differences(jobs, folder.resolve("all"));

        assertThat(smallest(differences, folder.resolve("shrunk")))
                .as("seed %d: %d of %d cases differ; the smallest", SEED, differences.size(), JOBS * TARGETS_PER_JOB)
                .isEmpty();
    }

    /** Takes rules away as long as a difference stays: all shorter lists of some of the small ones, tried at once. */
    private static String smallest(List<Difference> differences, Path folder) {
        if (differences.isEmpty()) {
            return "";
        }
        List<Difference> small = differences.stream()
                .sorted(Comparator.comparingInt(Difference::size))
                .limit(SHRUNK)
                .toList();
        List<Job> shorter = new ArrayList<>();
        for (Difference difference : small) {
            for (int mask = 1; mask < 1 << difference.rules().size(); mask++) {
                List<WrittenRule> some = new ArrayList<>();
                for (int rule = 0; rule < difference.rules().size(); rule++) {
                    if ((mask & 1 << rule) != 0) {
                        some.add(difference.rules().get(rule));
                    }
                }
                shorter.add(new Job(some, List.of(difference.labels())));
            }
        }
        return differences(shorter, folder).stream()
                .min(Comparator.comparingInt(Difference::size))
                .orElse(small.get(0))
                .text();
    }

    private static List<Difference> differences(List<Job> jobs, Path folder) {
        try (RealPrometheus prometheus =
                RealPrometheus.in(folder).configuration(configuration(jobs)).start()) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int before = -1;
            while (true) {
                Seen seen = Seen.in(targets(prometheus.uri()));
                int shown = seen.active().size() + seen.dropped().size();
                List<Difference> differences = new ArrayList<>();
                for (int job = 0; job < jobs.size(); job++) {
                    compare(job, jobs.get(job), seen, differences);
                }
                boolean settled = shown > 0 && shown == before;
                if (differences.isEmpty() || System.nanoTime() > deadline || settled) {
                    return differences;
                }
                before = shown;
                pause();
            }
        }
    }

    private static void compare(int number, Job job, Seen seen, List<Difference> differences) {
        Relabeling relabeling = job.relabeling();
        for (int target = 0; target < job.targets().size(); target++) {
            Map<String, String> labels = job.targets().get(target);
            String address = address(number, target);
            Relabeled relabeled = relabeling.apply(discovered(number, address, labels));
            String ours = ours(relabeled);
            String theirs =
                    seen.dropped().contains(address) ? DROPPED : seen.active().getOrDefault(address, NOT_SHOWN);
            if (!ours.equals(theirs) && !(lostItsAddress(relabeled) && theirs.equals(NOT_SHOWN))) {
                differences.add(new Difference(job.rules(), labels, ours, theirs));
            }
        }
    }

    private static String ours(Relabeled relabeled) {
        return switch (relabeled) {
            case Relabeled.Dropped dropped -> DROPPED;
            case Relabeled.Kept kept -> {
                String address = kept.labels().value(ADDRESS);
                Map<String, String> shown = new TreeMap<>(kept.labels().byName());
                shown.keySet().removeIf(name -> name.startsWith("__"));
                shown.putIfAbsent("instance", address);
                yield address.isEmpty() ? NOT_SHOWN : Labels.of(shown).text();
            }
        };
    }

    /** This version overwrites the labels that it shows of a dropped target, so that such a one isn't found again. */
    private static boolean lostItsAddress(Relabeled relabeled) {
        return relabeled instanceof Relabeled.Dropped dropped
                && dropped.before().value(ADDRESS).isEmpty();
    }

    /** What the server knows of a target before it relabels. */
    private static Labels discovered(int job, String address, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(ADDRESS, address);
        all.put("job", "job-" + job);
        all.put("__scheme__", "http");
        all.put("__metrics_path__", "/metrics");
        all.put("__scrape_interval__", "1d");
        all.put("__scrape_timeout__", "10s");
        return Labels.of(all);
    }

    private static String address(int job, int target) {
        return "127." + job / 250 + "." + job % 250 + "." + (target + 1) + ":9";
    }

    private static String configuration(List<Job> jobs) {
        StringBuilder yaml = new StringBuilder("global: {scrape_interval: 1d}\nscrape_configs:\n");
        for (int job = 0; job < jobs.size(); job++) {
            yaml.append("- job_name: job-").append(job).append("\n  relabel_configs:\n");
            jobs.get(job)
                    .rules()
                    .forEach(rule -> yaml.append("  - ").append(rule.yaml()).append('\n'));
            LAST.forEach(rule -> yaml.append("  - ").append(rule.yaml()).append('\n'));
            yaml.append("  static_configs:\n");
            for (int target = 0; target < jobs.get(job).targets().size(); target++) {
                yaml.append("  - targets: [")
                        .append(WrittenRule.quote(address(job, target)))
                        .append("]\n    labels: {");
                jobs.get(job)
                        .targets()
                        .get(target)
                        .forEach((name, value) -> yaml.append(name)
                                .append(": ")
                                .append(WrittenRule.quote(value))
                                .append(", "));
                yaml.append("}\n");
            }
        }
        return yaml.toString();
    }

    private static JsonNode targets(URI prometheus) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(client.send(
                                    HttpRequest.newBuilder(URI.create(prometheus + "/api/v1/targets?state=any"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("data");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(6_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * What the server shows, by the address of a target.
     *
     * @param active the final labels
     */
    private record Seen(Map<String, String> active, Set<String> dropped) {

        static Seen in(JsonNode data) {
            Seen seen = new Seen(new HashMap<>(), new HashSet<>());
            for (JsonNode target : data.path("activeTargets")) {
                Labels shown = labels(target.path("labels"));
                seen.active.put(shown.value("hidden_address__"), shown.text());
            }
            for (JsonNode target : data.path("droppedTargets")) {
                seen.dropped.add(labels(target.path("discoveredLabels")).value(ADDRESS));
            }
            return seen;
        }

        private static Labels labels(JsonNode object) {
            Map<String, String> labels = new TreeMap<>();
            object.properties()
                    .forEach(
                            field -> labels.put(field.getKey(), field.getValue().asString()));
            return Labels.of(labels);
        }
    }
}
