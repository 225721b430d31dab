package io.promwarden.observation;

import io.promwarden.answer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The active targets of all servers of a cluster, found by pod and by address. Where no replica of a shard could be
 * asked, its targets are a gap: what has no target may then have one there.
 */
public final class TargetsSeen {

    /** A target, and the server that scrapes it. */
    public record Seen(ServerId server, Target target) {
        public boolean up() {
            return target.health() == Target.Health.UP;
        }
    }

    private final List<Seen> all = new ArrayList<>();
    private final Map<String, List<Seen>> byPod = new HashMap<>();
    private final Map<String, List<Seen>> byHost = new HashMap<>();
    private final Set<ServerId> answered = new TreeSet<>();
    private final List<String> gaps = new ArrayList<>();

    private TargetsSeen() {}

    public static TargetsSeen of(Servers<MetricsServer> servers) {
        TargetsSeen seen = new TargetsSeen();
        Map<String, List<String>> silent = new LinkedHashMap<>();
        servers.unreached()
                .forEach(unreached -> silent.computeIfAbsent(unreached.id().shard(), shard -> new ArrayList<>())
                        .add(unreached.text()));
        for (MetricsServer server : servers.answering()) {
            switch (server.targets()) {
                case Answer.Known<Targets> targets -> {
                    seen.answered.add(server.id());
                    targets.known().active().forEach(target -> seen.add(new Seen(server.id(), target)));
                }
                case Answer.Unknown<Targets> unknown ->
                    silent.computeIfAbsent(server.id().shard(), shard -> new ArrayList<>())
                            .add(server.id().text() + ": " + unknown.why());
            }
        }
        seen.answered.forEach(id -> silent.remove(id.shard()));
        silent.values().forEach(seen.gaps::addAll);
        return seen;
    }

    private void add(Seen seen) {
        all.add(seen);
        Target target = seen.target();
        if (!target.pod().isEmpty()) {
            byPod.computeIfAbsent(target.namespace() + "/" + target.pod(), key -> new ArrayList<>())
                    .add(seen);
        }
        byHost.computeIfAbsent(host(target.address()), key -> new ArrayList<>()).add(seen);
    }

    public List<Seen> all() {
        return all;
    }

    /** Servers whose targets are known. */
    public Set<ServerId> answered() {
        return answered;
    }

    /** Why a shard's targets are not known, one text for each of its servers; empty when every shard answered. */
    public List<String> gaps() {
        return gaps;
    }

    /** Targets whose discovery, or else whose labels, name the pod. */
    public List<Seen> atPod(String namespace, String pod) {
        return byPod.getOrDefault(namespace + "/" + pod, List.of());
    }

    /** Targets at an IP address or host name, on any port. */
    public List<Seen> atHost(String host) {
        return byHost.getOrDefault(host, List.of());
    }

    /** The host of {@code host:port}, without an IPv6 address's brackets. */
    public static String host(String address) {
        int colon = address.lastIndexOf(':');
        boolean bare = colon < 0 || (address.indexOf(':') != colon && !address.startsWith("["));
        String host = bare || address.endsWith("]") ? address : address.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port of {@code host:port}; 0 where there is none. */
    public static int port(String address) {
        String host = host(address);
        int colon = address.lastIndexOf(':');
        if (colon < 0 || host.equals(address)) {
            return 0;
        }
        String port = address.substring(colon + 1);
        return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    }
}
