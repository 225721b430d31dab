package io.promwarden.coverage;

import io.promwarden.inventory.Pod;
import io.promwarden.observation.TargetsSeen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which active targets really are at a pod. A name alone proves nothing: a blackbox job discovers a pod and then asks
 * the prober, so the scraped address has to be the pod's own.
 */
public final class Sightings {

    private static final Pattern SERVICE_HOST =
            Pattern.compile("(?:[a-z]+://)?([a-z0-9-]+)\\.([a-z0-9-]+)(?:\\.svc(?:\\.[a-z0-9.-]+)?)?(?:[:/?].*)?");

    private Sightings() {}

    /** The targets at a pod, down ones too. */
    public static List<TargetsSeen.Seen> at(TargetsSeen targets, Pod pod) {
        Set<TargetsSeen.Seen> seen = new LinkedHashSet<>();
        for (TargetsSeen.Seen named :
                targets.atPod(pod.meta().namespace(), pod.meta().name())) {
            if (reaches(named, pod)) {
                seen.add(named);
            }
        }
        if (!pod.ip().isEmpty()) {
            targets.atHost(pod.ip()).stream()
                    .filter(there -> there.target().pod().isEmpty() && !probe(there))
                    .filter(there -> !pod.hostNetwork()
                            || declares(pod, TargetsSeen.port(there.target().address())))
                    .forEach(seen::add);
        }
        String home = pod.meta().namespace() + "/";
        for (String loopback : List.of("localhost", "127.0.0.1", "::1")) {
            targets.atHost(loopback).stream()
                    .filter(there -> there.server().instance().equals(pod.meta().name())
                            && there.server().owner().startsWith(home))
                    .forEach(seen::add);
        }
        return new ArrayList<>(seen);
    }

    /** The targets at an address that is no pod's, on one of these ports. */
    public static List<TargetsSeen.Seen> at(TargetsSeen targets, String address, Collection<Integer> ports) {
        return targets.atHost(address).stream()
                .filter(there -> !probe(there))
                .filter(there -> ports.contains(TargetsSeen.port(there.target().address())))
                .toList();
    }

    /** Targets of probes by the Service that they ask, as {@code namespace/name}, where its host name tells it. */
    static Map<String, List<TargetsSeen.Seen>> probes(TargetsSeen targets) {
        Map<String, List<TargetsSeen.Seen>> probes = new HashMap<>();
        targets.all().stream().filter(Sightings::probe).forEach(seen -> {
            String asked = seen.target()
                    .discovered()
                    .find("__param_target")
                    .orElseGet(() -> seen.target().labels().value("instance"));
            Matcher host = SERVICE_HOST.matcher(asked);
            if (host.matches()) {
                probes.computeIfAbsent(host.group(2) + "/" + host.group(1), key -> new ArrayList<>())
                        .add(seen);
            }
        });
        return probes;
    }

    private static boolean reaches(TargetsSeen.Seen seen, Pod pod) {
        String host = TargetsSeen.host(seen.target().address());
        boolean otherFamily = host.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")
                && host.contains(":") != pod.ip().contains(":");
        boolean throughApiServer =
                seen.target().path().contains("/pods/" + pod.meta().name());
        return !probe(seen) && (pod.ip().isEmpty() || host.equals(pod.ip()) || otherFamily || throughApiServer);
    }

    private static boolean probe(TargetsSeen.Seen seen) {
        return seen.target().scrapePool().startsWith("probe/");
    }

    private static boolean declares(Pod pod, int port) {
        return pod.containers().stream()
                .flatMap(container -> container.ports().stream())
                .anyMatch(declared -> declared.number() == port);
    }
}
