package io.promwarden.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.PoliteExchange;
import io.promwarden.http.RetryPolicy;
import io.promwarden.http.ServerLimit;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ReferencedData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One cluster's API server, for as long as it is open. */
public final class KubernetesCluster implements AutoCloseable {

    /** For one page of a list. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One page, or one answer of a pod. */
    private static final long BODY_CAP = 256L << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private final ApiServer api;
    private final boolean inCluster;
    private final Duration timeout;
    private final RetryPolicy policy;
    private final ServerLimit limit = new ServerLimit(4, 20);

    private KubernetesCluster(ApiServer api, boolean inCluster, Duration timeout, RetryPolicy policy) {
        this.api = api;
        this.inCluster = inCluster;
        this.timeout = timeout;
        this.policy = policy;
    }

    /**
     * Finds the API server; nothing is asked yet.
     *
     * @param kubeconfig a file; without one, the service account of our pod, or else the user's own kubeconfig
     * @param context of the kubeconfig; without one, its current context
     * @return unknown, with the remedy, if there is no cluster to ask
     */
    public static Answer<KubernetesCluster> open(
            Optional<Path> kubeconfig, Optional<String> context, Surroundings surroundings) {
        return ClusterAccess.find(kubeconfig, context, surroundings)
                .flatMap(access -> open(access.config(), access.inCluster(), PATIENCE, RetryPolicy.DEFAULT));
    }

    static Answer<KubernetesCluster> open(Config config, boolean inCluster, Duration timeout, RetryPolicy policy) {
        try {
            return Answer.known(new KubernetesCluster(new ApiServer(config, BODY_CAP), inCluster, timeout, policy));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Answer.unknown("the credentials of the cluster can't be used: "
                    + Redaction.text(String.valueOf(cause.getMessage())));
        }
    }

    /** True if we run in the cluster that we look at, so that its pods can be reached directly. */
    public boolean inCluster() {
        return inCluster;
    }

    /** The API server's version, e.g. {@code v1.33.1}. */
    public Answer<String> version() {
        return switch (api.ask(HttpQuestion.get("/version", timeout))) {
            case Unanswered unanswered -> Answer.unknown(unanswered.reason());
            case Received received ->
                received.successful()
                        ? version(received)
                        : Answer.unknown(received.status() + ": the API server tells no version");
        };
    }

    private static Answer<String> version(Received received) {
        try {
            String version = JSON.readTree(received.body()).path("gitVersion").asString("");
            return version.isBlank()
                    ? Answer.unknown("what answers there is no API server: it tells no version")
                    : Answer.known(version);
        } catch (JacksonException e) {
            return Answer.unknown("what answers there is no API server: its version is no JSON");
        }
    }

    /** Its objects, asked for anew with each list. */
    public InventorySource inventory() {
        return new LiveInventory(api, limit, policy, timeout);
    }

    /** Looks at single Secrets and ConfigMaps, by name, and only when it is asked about one. */
    public ReferencedData references() {
        return new LiveReferences(new PoliteExchange(api, limit, policy), timeout);
    }

    /** A pod's server through the API server; asks once, so limits and further tries belong around it. */
    public Exchange podProxy(DiscoveredServer.Reachable server) {
        return new PodProxyExchange(api, server);
    }

    @Override
    public void close() {
        api.close();
    }
}
