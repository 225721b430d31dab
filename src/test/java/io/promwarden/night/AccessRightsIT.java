package io.promwarden.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.promwarden.cli.CliRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API calls of a full run are covered by the ClusterRole, and nothing in the role is unused. */
class AccessRightsIT {

    private static final Pattern CORE = Pattern.compile("/api/v1/([a-z]+)(\\?.*)?");
    private static final Pattern GROUP = Pattern.compile("/apis/([a-z0-9.]+)/[a-z0-9]+/([a-z]+)(\\?.*)?");

    @TempDir
    Path folder;

    @Test
    void a_full_run_asks_for_what_the_role_allows_and_for_all_of_it() throws Exception {
        Set<String> asked = new TreeSet<>();
        try (MonitoredCluster cluster = MonitoredCluster.start(folder.resolve("world"))) {
            Path job = folder.resolve("night.yaml");
            Files.writeString(
                    job,
                    MonitoredCluster.resource("nightly-job.yaml")
                            .replace(
                                    "KUBECONFIG",
                                    cluster.kubernetes().kubeconfig().toString())
                            .replaceAll("(?s)  - deliver:.*", ""));
            CliRun run = CliRun.of(
                    "run",
                    job.toString(),
                    "--reports",
                    folder.resolve("reports").toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
            cluster.kubernetes().proxy().requests().forEach(request -> {
                if (!request.path().startsWith("/version")) {
                    asked.add(rightFor(request.method(), request.path()));
                }
            });
        }

        assertThat(asked).isEqualTo(allowed());
    }

    /** As {@code list pods} or {@code list monitoring.coreos.com/probes}. */
    private static String rightFor(String method, String path) {
        Matcher core = CORE.matcher(path);
        if (core.matches()) {
            return verb(method, path) + " " + core.group(1);
        }
        Matcher group = GROUP.matcher(path);
        assertThat(group.matches()).as(path).isTrue();
        return verb(method, path) + " " + group.group(1) + "/" + group.group(2);
    }

    private static String verb(String method, String path) {
        assertThat(method).as(path).isEqualTo("GET");
        return path.contains("watch=true") ? "watch" : "list";
    }

    private static Set<String> allowed() throws Exception {
        Set<String> allowed = new TreeSet<>();
        for (Path file : List.of(Path.of("cronjob/base/cluster-role.yaml"))) {
            ClusterRole role = Serialization.unmarshal(Files.readString(file), ClusterRole.class);
            for (PolicyRule rule : role.getRules()) {
                for (String group : rule.getApiGroups()) {
                    for (String resource : rule.getResources()) {
                        rule.getVerbs()
                                .forEach(verb ->
                                        allowed.add(verb + " " + (group.isEmpty() ? "" : group + "/") + resource));
                    }
                }
            }
        }
        return allowed;
    }
}
