package io.promwarden.testing;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that a role allows, or that a request needs: a verb on a resource. Compare what a role grants with what a
 * recording of requests needed.
 *
 * @param resource the plural, with a subresource as RBAC writes it: {@code pods/proxy}
 */
public record Grant(String verb, String group, String resource) implements Comparable<Grant> {

    /** All that a role allows. A rule with names or wildcards is refused: this product has none. */
    public static Set<Grant> of(ClusterRole role) {
        Set<Grant> grants = new TreeSet<>();
        for (PolicyRule rule : role.getRules()) {
            if (!rule.getResourceNames().isEmpty() || !rule.getNonResourceURLs().isEmpty()) {
                throw new AssertionError("a rule with names or URLs: " + rule);
            }
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> grants.add(new Grant(verb, group, resource)));
                }
            }
        }
        if (grants.stream().anyMatch(grant -> grant.toString().contains("*"))) {
            throw new AssertionError("a wildcard: " + grants);
        }
        return grants;
    }

    /**
     * What a GET needs; empty for {@code /version} and other paths that every account may read.
     *
     * @param request path and query, e.g. {@code /apis/apps/v1/deployments?limit=500}
     */
    public static Optional<Grant> ofGet(String request) {
        URI uri = URI.create(request);
        List<String> parts = Arrays.asList(uri.getRawPath().substring(1).split("/", -1));
        boolean core = parts.getFirst().equals("api");
        int front = core ? 2 : 3;
        boolean named = core || parts.getFirst().equals("apis");
        if (!named || parts.size() <= front) {
            return Optional.empty();
        }
        String group = core ? "" : parts.get(1);
        List<String> rest = parts.subList(front, parts.size());
        if (rest.size() > 2 && rest.getFirst().equals("namespaces")) {
            rest = rest.subList(2, rest.size());
        }
        String resource = rest.size() > 2 ? rest.get(0) + "/" + rest.get(2) : rest.get(0);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String verb = rest.size() > 1 ? "get" : query.contains("watch=true") ? "watch" : "list";
        return Optional.of(new Grant(verb, group, resource));
    }

    @Override
    public int compareTo(Grant other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
