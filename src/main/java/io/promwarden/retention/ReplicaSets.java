package io.promwarden.retention;

import io.promwarden.finding.NotRun;
import io.promwarden.observation.ServerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The processes that a plan is about, beside those that are there now.
 *
 * @param planned all servers of the plan whose object or static server may be changed and has something to delete
 * @param toChange the groups that are there of these
 */
record ReplicaSets(Set<ServerId> planned, List<ReplicaGroup> toChange) {

    static ReplicaSets of(List<RetentionPlan> plans, List<String> applyTo, List<ReplicaGroup> groups) {
        Set<String> owners = plans.stream()
                .filter(plan -> !plan.deletions().isEmpty())
                .map(plan -> plan.server().owner())
                .filter(applyTo::contains)
                .collect(Collectors.toSet());
        return new ReplicaSets(
                plans.stream()
                        .map(RetentionPlan::server)
                        .filter(server -> owners.contains(server.owner()))
                        .collect(Collectors.toCollection(TreeSet::new)),
                groups.stream().filter(group -> owners.contains(group.owner())).toList());
    }

    /** Why a server is not changed: one that was planned beside it is gone. */
    Optional<Refusal> against(ServerId server) {
        Set<ServerId> here = toChange.stream()
                .flatMap(group -> group.replicas().stream())
                .map(Replica::id)
                .collect(Collectors.toSet());
        return planned.stream()
                .filter(other -> other.owner().equals(server.owner()))
                .filter(Predicate.not(here::contains))
                .findFirst()
                .map(gone -> new Refusal(
                        "replica-gone",
                        gone.instance() + " was there when the plan was made, and is not there now",
                        "Wait until all pods run, or make the plan anew."));
    }

    /** Planned servers of which nothing is left at all. */
    List<NotRun> gone(String cluster) {
        Set<String> here = toChange.stream().map(ReplicaGroup::owner).collect(Collectors.toSet());
        return planned.stream()
                .map(ServerId::owner)
                .distinct()
                .filter(Predicate.not(here::contains))
                .map(owner -> new NotRun(
                        cluster,
                        "retention of " + owner,
                        "refused: it was there when the plan was made, and is not there now"))
                .toList();
    }
}
