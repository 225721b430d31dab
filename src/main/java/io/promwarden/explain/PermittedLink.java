package io.promwarden.explain;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.AccessRules;
import io.promwarden.inventory.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether Prometheus' service account may list and watch what its service discovery needs. */
final class PermittedLink {

    static final List<String> VERBS = List.of("list", "watch");

    /** What service discovery lists and watches. */
    record Resource(String group, String name) {}

    private PermittedLink() {}

    static Link judge(Draft draft, Answer<AccessRules> access) {
        return switch (access) {
            case Answer.Unknown<AccessRules> unknown -> Link.unknown(LinkName.PERMITTED, unknown.why());
            case Answer.Known<AccessRules> known -> judge(draft, known.known());
        };
    }

    private static Link judge(Draft draft, AccessRules access) {
        if (access.isEmpty() || draft.prometheus().isAssumed()) {
            return Link.unknown(LinkName.PERMITTED, "no role and no binding is known of its Prometheus");
        }
        AccessRules.Account account = account(draft);
        List<Optional<String>> places = places(draft);
        List<String> missing = new ArrayList<>();
        int permitted = 0;
        for (Optional<String> place : places) {
            List<String> lacking =
                    lacking(draft, access, place).stream().map(Resource::name).toList();
            if (lacking.isEmpty()) {
                permitted++;
            } else {
                missing.add("ServiceAccount " + account.namespace() + "/" + account.name()
                        + " may not list and watch " + String.join(", ", lacking)
                        + place.map(name -> " in namespace " + name).orElse(" in the whole cluster"));
            }
        }
        if (permitted == 0) {
            return Link.broken(Code.RBAC_MISSING, missing);
        }
        if (!missing.isEmpty()) {
            draft.warn("permitted-in-some: " + Words.list(missing));
        }
        List<String> evidence = new ArrayList<>();
        evidence.add("ServiceAccount " + account.namespace() + "/" + account.name());
        evidence.addAll(missing);
        return Link.ok(LinkName.PERMITTED, evidence);
    }

    /** The namespaces in reach; one empty place where that is the whole cluster. */
    static List<Optional<String>> places(Draft draft) {
        return draft.reach()
                .namespaces()
                .map(names -> names.stream().sorted().map(Optional::of).toList())
                .orElse(List.of(Optional.empty()));
    }

    static List<Resource> lacking(Draft draft, AccessRules access, Optional<String> place) {
        return resources(draft).stream()
                .filter(one -> !access.permits(account(draft), place, one.group(), one.name(), VERBS))
                .toList();
    }

    static AccessRules.Account account(Draft draft) {
        return new AccessRules.Account(
                draft.prometheus().meta().namespace(),
                draft.prometheus()
                        .raw()
                        .text("spec", "serviceAccountName")
                        .filter(name -> !name.isEmpty())
                        .orElse("default"));
    }

    static List<Resource> resources(Draft draft) {
        if (draft.monitor().kind() == ObjectKind.POD_MONITOR) {
            return List.of(new Resource("", "pods"));
        }
        return List.of(
                new Resource("", "services"),
                draft.slicesRole() ? new Resource("discovery.k8s.io", "endpointslices") : new Resource("", "endpoints"),
                new Resource("", "pods"));
    }
}
