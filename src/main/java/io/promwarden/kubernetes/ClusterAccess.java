package io.promwarden.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.promwarden.answer.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the API server is and who we are there: a kubeconfig that was named, the service account of our pod, or the
 * user's own kubeconfig, in this order.
 */
record ClusterAccess(Config config, boolean inCluster) {

    private static final int CONNECT_MILLIS = 10_000;

    /** Unknown, with the remedy, if there is none that can be used. */
    static Answer<ClusterAccess> find(Optional<Path> kubeconfig, Optional<String> context, Surroundings surroundings) {
        if (kubeconfig.isPresent()) {
            return fromFiles(List.of(kubeconfig.get()), context);
        }
        Path token = surroundings.serviceAccount().resolve("token");
        String host = surroundings.environment().getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (context.isEmpty() && !host.isEmpty() && Files.isReadable(token)) {
            return Answer.known(ofServiceAccount(host, surroundings, token));
        }
        List<Path> files = usualFiles(surroundings);
        if (files.isEmpty()) {
            return Answer.unknown(
                    "there is no kubeconfig and no service account: name a file with --kubeconfig or in the"
                            + " job (kubernetes.kubeconfig), set KUBECONFIG, or run in a pod");
        }
        return fromFiles(files, context);
    }

    private static ClusterAccess ofServiceAccount(String host, Surroundings surroundings, Path token) {
        String port = surroundings.environment().getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String address = host.contains(":") ? "[" + host + "]" : host;
        Config config = careful(new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port)
                .withCaCertFile(surroundings.serviceAccount().resolve("ca.crt").toString())
                // Read for each request: Kubernetes replaces the token about once an hour.
                .withOauthTokenProvider(() -> read(token))
                .build());
        return new ClusterAccess(config, true);
    }

    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw new UnreadableTokenException("the service account's token can't be read from " + token, e);
        }
    }

    private static List<Path> usualFiles(Surroundings surroundings) {
        String named = surroundings.environment().getOrDefault("KUBECONFIG", "");
        Stream<Path> files = named.isBlank()
                ? Stream.of(surroundings.home().resolve(".kube").resolve("config"))
                : Stream.of(named.split(File.pathSeparator, -1))
                        .filter(name -> !name.isBlank())
                        .map(Path::of);
        return files.filter(Files::isRegularFile).toList();
    }

    private static Answer<ClusterAccess> fromFiles(List<Path> files, Optional<String> context) {
        return Kubeconfig.read(files, context).map(config -> new ClusterAccess(careful(config), false));
    }

    /** No retries of fabric8's own: it would repeat a POST, too. */
    private static Config careful(Config config) {
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setHttp2Disable(true);
        return config;
    }
}
