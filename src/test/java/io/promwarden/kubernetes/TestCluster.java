package io.promwarden.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.promwarden.http.RetryPolicy;
import java.time.Duration;

/** Opens a cluster whose API server listens on loopback, as a kubeconfig with a token would. */
public final class TestCluster {

    static final String TOKEN = "cluster-token";
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofSeconds(2));

    private TestCluster() {}

    static Config config(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withOauthToken(TOKEN)
                .build();
        config.setRequestRetryBackoffLimit(0);
        return config;
    }

    public static KubernetesCluster open(String url) {
        return open(url, PATIENCE);
    }

    static KubernetesCluster open(String url, Duration timeout) {
        return KubernetesCluster.open(config(url), false, timeout, QUICK)
                .value()
                .orElseThrow();
    }
}
