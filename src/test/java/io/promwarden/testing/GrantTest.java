package io.promwarden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/pods?limit=500,list pods",
        "/api/v1/namespaces,list namespaces",
        "/api/v1/namespaces/shop,get namespaces",
        "/api/v1/namespaces/shop/services,list services",
        "/api/v1/namespaces/shop/secrets/tls,get secrets",
        "/apis/apps/v1/deployments?limit=500&continue=x,list deployments.apps",
        "/apis/apps/v1/namespaces/shop/deployments?watch=true,watch deployments.apps",
        "/api/v1/namespaces/monitoring/pods/prometheus-k8s-0:9090/proxy/api/v1/query?query=up,get pods/proxy"
    })
    void a_request_needs_what_rbac_calls_it(String request, String needed) {
        assertThat(Grant.ofGet(request)).map(Grant::toString).contains(needed);
    }

    @Test
    void what_every_account_may_read_needs_nothing() {
        assertThat(Grant.ofGet("/version")).isEmpty();
        assertThat(Grant.ofGet("/apis/apps/v1")).isEmpty();
    }
}
