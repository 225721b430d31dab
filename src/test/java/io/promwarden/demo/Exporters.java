package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything in the world that can be scraped: by address and path, what is said there. */
final class Exporters {

    /** What a scrape gets. */
    sealed interface Reply {

        record Page(int status, String contentType, String body) implements Reply {}

        /** Nothing, ever. */
        record Silence() implements Reply {}

        /** Bytes of a real server on this machine. */
        record Forward(String url) implements Reply {}
    }

    /** An exposition at an address and path. */
    record Place(String address, String path, Exposition exposition, Map<String, String> placeholders) {
        Reply reply() {
            return page(exposition.text(Instant.now(), placeholders));
        }
    }

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String LOGIN =
            "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>";

    private final Map<String, Map<String, Supplier<Reply>>> byAddress = new HashMap<>();
    private final List<Place> places = new ArrayList<>();

    /**
     * The world's exporters.
     *
     * @param templates {@code src/demo/exporters}
     * @param real the base URL of the real process behind a pod; empty for a pod that is only played
     */
    Exporters(World world, Path templates, Function<String, String> real) {
        for (App app : world.apps()) {
            for (RawObject pod : podsOf(app, world)) {
                app.serves().forEach((where, template) -> {
                    int slash = where.indexOf('/');
                    int port = Integer.parseInt(where.substring(0, slash));
                    put(world, templates, real, app, pod, port, where.substring(slash), template);
                });
            }
        }
        Exposition kubelet = Exposition.read(templates.resolve("kubelet.txt"));
        for (int node = 0; node < world.nodes().size(); node++) {
            String name = world.nodes().get(node);
            Map<String, String> placeholders = new TreeMap<>(Map.of("node", name));
            play(
                    AppObjects.nodeAddress(node) + ":10250",
                    "/metrics",
                    kubelet.and(KubeState.volumes(world, name)),
                    placeholders);
        }
        play("10.0.0.10:6443", "/metrics", Exposition.read(templates.resolve("apiserver.txt")), new TreeMap<>());
    }

    private void play(String address, String path, Exposition exposition, Map<String, String> placeholders) {
        Place place = new Place(address, path, exposition, placeholders);
        places.add(place);
        say(address, path, place::reply);
    }

    private void put(
            World world,
            Path templates,
            Function<String, String> real,
            App app,
            RawObject pod,
            int port,
            String path,
            String template) {
        String address = pod.text("status", "podIP").orElseThrow() + ":" + port;
        if (isFaulty(app, world, pod)) {
            Reply wrong = fault(app.fault());
            say(address, path, () -> wrong);
        } else if (template.equals("kube-state-metrics")) {
            play(address, path, KubeState.objects(world), new TreeMap<>());
        } else if (template.equals("prometheus") || template.equals("alertmanager")) {
            say(address, path, () -> new Reply.Forward(real.apply(pod.name()) + "/metrics"));
        } else {
            String name = pod.name();
            Map<String, String> placeholders = new TreeMap<>(
                    Map.of("app", app.name(), "index", name.substring(name.lastIndexOf('-') + 1), "pod", name));
            play(address, path, Exposition.read(templates.resolve(template + ".txt")), placeholders);
        }
    }

    private void say(String address, String path, Supplier<Reply> reply) {
        byAddress.computeIfAbsent(address, key -> new HashMap<>()).put(path, reply);
    }

    /** What is said at an address and path. */
    Reply reply(String address, String path) {
        Map<String, Supplier<Reply>> paths = byAddress.get(address);
        if (paths == null) {
            return new Reply.Page(502, TEXT, "nothing listens on " + address + "\n");
        }
        Supplier<Reply> said = paths.get(path);
        return said == null ? new Reply.Page(404, TEXT, "404 page not found\n") : said.get();
    }

    /** What is played from a template at that address and path: these have history. */
    Optional<Place> place(String address, String path) {
        return places.stream()
                .filter(place -> place.address().equals(address) && place.path().equals(path))
                .findFirst();
    }

    static List<RawObject> podsOf(App app, World world) {
        return world.of("Pod").stream()
                .filter(pod -> pod.namespace().equals(app.namespace())
                        && pod.labels().entrySet().containsAll(app.labels().entrySet()))
                .toList();
    }

    /** True if that pod of the app has the app's fault. */
    static boolean isFaulty(App app, World world, RawObject pod) {
        List<RawObject> pods = podsOf(app, world);
        return !app.fault().isEmpty()
                && pods.contains(pod)
                && (app.faultyPod().isEmpty()
                        || pods.indexOf(pod) == app.faultyPod().getAsInt());
    }

    private static Reply fault(String fault) {
        return switch (fault) {
            case "hang" -> new Reply.Silence();
            case "html" -> new Reply.Page(200, "text/html", LOGIN);
            case "500" -> new Reply.Page(500, TEXT, "model registry: no such version\n");
            // Its job's proxy doesn't exist, so nobody gets here.
            case "refuse" -> new Reply.Page(502, TEXT, "");
            default -> throw new IllegalArgumentException("no such fault: " + fault);
        };
    }

    private static Reply page(String text) {
        return new Reply.Page(200, TEXT, text);
    }
}
