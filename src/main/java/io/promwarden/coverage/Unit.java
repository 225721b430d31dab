package io.promwarden.coverage;

import io.promwarden.finding.Redaction;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Target;
import io.promwarden.observation.TargetsSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One pod or endpoint address, and how it is scraped.
 *
 * @param trouble why it isn't fully scraped; empty where it is
 */
record Unit(State state, String trouble) {

    enum State {
        UP,
        PARTLY,
        DOWN,
        WAITING,
        NONE
    }

    private static final Unit UP = new Unit(State.UP, "");
    private static final Unit NONE = new Unit(State.NONE, "no target");

    /**
     * Judges the targets at one pod or address. It is fully scraped if one Prometheus, in all of its replicas that
     * answered, has every target there up.
     *
     * @param replicas servers whose targets are known, by shard
     */
    static Unit of(List<TargetsSeen.Seen> seen, Map<String, Set<ServerId>> replicas) {
        if (seen.isEmpty()) {
            return NONE;
        }
        if (seen.stream().allMatch(one -> one.target().health() == Target.Health.UNKNOWN)) {
            return new Unit(State.WAITING, "its targets were not scraped yet");
        }
        Map<String, List<TargetsSeen.Seen>> byOwner = new LinkedHashMap<>();
        seen.forEach(one -> byOwner.computeIfAbsent(one.server().owner(), key -> new ArrayList<>())
                .add(one));
        List<String> troubles = new ArrayList<>();
        for (List<TargetsSeen.Seen> ofOwner : byOwner.values()) {
            Optional<String> trouble = trouble(ofOwner, replicas);
            if (trouble.isEmpty()) {
                return UP;
            }
            troubles.add(trouble.get());
        }
        boolean any = seen.stream().anyMatch(TargetsSeen.Seen::up);
        return new Unit(any ? State.PARTLY : State.DOWN, troubles.get(0));
    }

    private static Optional<String> trouble(List<TargetsSeen.Seen> ofOwner, Map<String, Set<ServerId>> replicas) {
        Map<String, Set<ServerId>> upIn = new LinkedHashMap<>();
        Map<String, String> shards = new HashMap<>();
        for (TargetsSeen.Seen one : ofOwner) {
            Target target = one.target();
            if (target.health() == Target.Health.DOWN) {
                return Optional.of("down in " + one.server().instance() + ": " + Redaction.text(target.lastError()));
            }
            String endpoint = target.scrapePool() + " " + target.address() + target.path();
            shards.put(endpoint, one.server().shard());
            Set<ServerId> up = upIn.computeIfAbsent(endpoint, key -> new HashSet<>());
            up.add(one.server());
        }
        for (Map.Entry<String, Set<ServerId>> endpoint : upIn.entrySet()) {
            String shard = shards.getOrDefault(endpoint.getKey(), "");
            for (ServerId replica : replicas.getOrDefault(shard, Set.of())) {
                if (!endpoint.getValue().contains(replica)) {
                    return Optional.of("no target in " + replica.instance() + ", though another replica has one");
                }
            }
        }
        return Optional.empty();
    }
}
