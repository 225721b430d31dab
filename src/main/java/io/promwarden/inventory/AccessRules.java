package io.promwarden.inventory;

import io.promwarden.answer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The RBAC objects of a cluster, asked what a service account may read. */
public final class AccessRules {

    private final Map<String, List<Permission>> roles = new HashMap<>();
    private final Map<String, RawObject> written = new HashMap<>();
    private final List<Binding> bindings = new ArrayList<>();

    /** One rule of a role; {@code *} stands for all. */
    private record Permission(List<String> groups, List<String> resources, List<String> verbs) {

        static List<Permission> of(RawObject role) {
            return role.objects("rules").stream()
                    // A rule for certain names permits no list and no watch.
                    .filter(rule -> rule.words("resourceNames").isEmpty())
                    .map(rule -> new Permission(rule.words("apiGroups"), rule.words("resources"), rule.words("verbs")))
                    .toList();
        }

        boolean permits(String group, String resource, String verb) {
            return has(groups, group) && has(resources, resource) && has(verbs, verb);
        }

        private static boolean has(List<String> allowed, String wanted) {
            return allowed.contains(wanted) || allowed.contains("*");
        }
    }

    /**
     * Who has a role, and where.
     *
     * @param namespace empty for the whole cluster
     */
    private record Binding(Optional<String> namespace, String role, List<RawObject> subjects) {

        static Binding of(RawObject raw, boolean clusterWide) {
            Optional<String> home = clusterWide ? Optional.empty() : Optional.of(raw.namespace());
            boolean ofCluster =
                    raw.text("roleRef", "kind").filter("ClusterRole"::equals).isPresent();
            String name = raw.text("roleRef", "name").orElse("");
            return new Binding(
                    home, ofCluster ? clusterRole(name) : roleKey(home.orElse(""), name), raw.objects("subjects"));
        }

        boolean covers(Account account) {
            return subjects.stream().anyMatch(subject -> {
                String name = subject.text("name").orElse("");
                return switch (subject.text("kind").orElse("")) {
                    case "ServiceAccount" ->
                        name.equals(account.name())
                                && subject.text("namespace").orElse("").equals(account.namespace());
                    case "Group" -> account.groups().contains(name);
                    case "User" -> name.equals(account.user());
                    default -> false;
                };
            });
        }
    }

    /** A service account. */
    public record Account(String namespace, String name) {

        String user() {
            return "system:serviceaccount:" + namespace + ":" + name;
        }

        List<String> groups() {
            return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated");
        }
    }

    private AccessRules() {}

    /** Unknown as soon as one of the four kinds is. */
    public static Answer<AccessRules> read(InventorySource source) {
        AccessRules rules = new AccessRules();
        return source.list(ObjectKind.ROLE, raw -> raw)
                .flatMap(roles -> source.list(ObjectKind.CLUSTER_ROLE, raw -> raw)
                        .flatMap(clusterRoles -> source.list(ObjectKind.ROLE_BINDING, raw -> raw)
                                .flatMap(bindings -> source.list(ObjectKind.CLUSTER_ROLE_BINDING, raw -> raw)
                                        .map(clusterBindings -> {
                                            roles.forEach(rules::add);
                                            clusterRoles.forEach(rules::add);
                                            bindings.forEach(raw -> rules.bindings.add(Binding.of(raw, false)));
                                            clusterBindings.forEach(raw -> rules.bindings.add(Binding.of(raw, true)));
                                            return rules;
                                        }))));
    }

    private void add(RawObject role) {
        String key = key(role);
        written.put(key, role);
        roles.put(key, Permission.of(role));
    }

    /** The same with another Role or ClusterRole in place of the one of its name. */
    public AccessRules with(RawObject role) {
        AccessRules changed = new AccessRules();
        changed.roles.putAll(roles);
        changed.written.putAll(written);
        changed.bindings.addAll(bindings);
        changed.add(role);
        return changed;
    }

    /**
     * The Roles and ClusterRoles that an account has, each once.
     *
     * @param namespace where; empty means in the whole cluster
     */
    public List<RawObject> rolesOf(Account account, Optional<String> namespace) {
        return granted(account, namespace)
                .map(Binding::role)
                .distinct()
                .flatMap(role -> Optional.ofNullable(written.get(role)).stream())
                .toList();
    }

    private Stream<Binding> granted(Account account, Optional<String> namespace) {
        return bindings.stream()
                .filter(binding -> binding.namespace().isEmpty() || namespace.equals(binding.namespace()))
                .filter(binding -> binding.covers(account));
    }

    /** True if there is no RBAC object at all, which says nothing of what is permitted. */
    public boolean isEmpty() {
        return roles.isEmpty() && bindings.isEmpty();
    }

    /**
     * Whether the account may do all of these verbs to a resource.
     *
     * @param namespace where; empty means in the whole cluster
     * @param group the resource's API group, empty for the core group
     */
    public boolean permits(
            Account account, Optional<String> namespace, String group, String resource, List<String> verbs) {
        List<Permission> granted = granted(account, namespace)
                .flatMap(binding -> roles.getOrDefault(binding.role(), List.of()).stream())
                .toList();
        return verbs.stream()
                .allMatch(verb -> granted.stream().anyMatch(permission -> permission.permits(group, resource, verb)));
    }

    private static String key(RawObject role) {
        return role.namespace().isEmpty() ? clusterRole(role.name()) : roleKey(role.namespace(), role.name());
    }

    private static String roleKey(String namespace, String name) {
        return namespace + "/" + name;
    }

    private static String clusterRole(String name) {
        return "/" + name;
    }
}
