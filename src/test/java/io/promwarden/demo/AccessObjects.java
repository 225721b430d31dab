package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Prometheus' service account may see: its own ClusterRole, and a Role in each namespace, as kube-prometheus has it. */
final class AccessObjects {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String VERSION = GROUP + "/v1";

    private AccessObjects() {}

    /**
     * The objects.
     *
     * @param account the service account's name, and that of its roles
     * @param without the namespaces that have no Role
     */
    static List<RawObject> of(String account, String home, Collection<String> namespaces, Set<String> without) {
        List<RawObject> objects = new ArrayList<>();
        List<Object> subjects = List.of(Tree.of("kind", "ServiceAccount", "name", account, "namespace", home));
        objects.add(object(
                "ClusterRole",
                Tree.of("name", account),
                "rules",
                List.of(
                        Tree.of(
                                "apiGroups",
                                List.of(""),
                                "resources",
                                List.of("nodes/metrics"),
                                "verbs",
                                List.of("get")),
                        Tree.of("nonResourceURLs", List.of("/metrics"), "verbs", List.of("get")))));
        objects.add(binding("ClusterRoleBinding", Tree.of("name", account), "ClusterRole", subjects));
        for (String namespace : namespaces) {
            if (!without.contains(namespace)) {
                Map<String, @Nullable Object> metadata = Tree.of("name", account, "namespace", namespace);
                objects.add(object(
                        "Role",
                        metadata,
                        "rules",
                        List.of(Tree.of(
                                "apiGroups",
                                List.of(""),
                                "resources",
                                List.of("services", "endpoints", "pods"),
                                "verbs",
                                List.of("get", "list", "watch")))));
                objects.add(binding("RoleBinding", metadata, "Role", subjects));
            }
        }
        return objects;
    }

    private static RawObject binding(
            String kind, Map<String, @Nullable Object> metadata, String role, List<Object> subjects) {
        String name = String.valueOf(metadata.get("name"));
        return Tree.object(
                VERSION,
                kind,
                Tree.of(
                        "metadata",
                        metadata,
                        "roleRef",
                        Tree.of("apiGroup", GROUP, "kind", role, "name", name),
                        "subjects",
                        subjects));
    }

    private static RawObject object(String kind, Map<String, @Nullable Object> metadata, String field, Object value) {
        return Tree.object(VERSION, kind, Tree.of("metadata", metadata, field, value));
    }
}
