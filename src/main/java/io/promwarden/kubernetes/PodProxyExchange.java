package io.promwarden.kubernetes;

import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Method;
import java.util.Optional;

/**
 * A pod, reached through the API server's pod proxy. Our credentials stay with the API server, which strips them. Asks
 * once; limits and further tries belong around it.
 */
final class PodProxyExchange implements Exchange {

    private final Exchange api;
    private final String prefix;

    PodProxyExchange(Exchange api, DiscoveredServer.Reachable server) {
        this.api = api;
        this.prefix = "/api/v1/namespaces/" + server.namespace() + "/pods/" + (server.https() ? "https:" : "")
                + server.pod() + ":" + server.port() + "/proxy"
                + (server.routePrefix().equals("/") ? "" : server.routePrefix());
    }

    @Override
    public HttpAnswer ask(HttpQuestion question) {
        HttpQuestion proxied = new HttpQuestion(
                question.method(),
                prefix + question.path(),
                question.parameters(),
                question.timeout(),
                question.repeatable(),
                question.document());
        HttpAnswer answer = api.ask(proxied);
        if (!(answer instanceof Received received)) {
            return answer;
        }
        Optional<String> said = ApiStatus.message(received);
        return said.isEmpty() ? answer : notThePod(question, received, said.get());
    }

    /** The API server speaks, not the pod. */
    private static HttpAnswer notThePod(HttpQuestion question, Received received, String said) {
        return switch (received.status()) {
            case 401 -> new Unanswered("401: the API server doesn't accept these credentials (" + said + ")", false);
            case 403 ->
                new Unanswered(
                        "403: may not reach pods through the API server (" + said
                                + "); grant it: resources [\"pods/proxy\"], verbs [\""
                                + (question.method() == Method.GET ? "get" : "create") + "\"]",
                        false);
            case 404 -> new Unanswered("404: the API server knows no such pod (" + said + ")", false);
            // Busy or not able to connect: the pod has perhaps seen it, and another try may help.
            default ->
                new Unanswered(
                        received.status() + ": the API server can't reach the pod (" + said + ")",
                        received.status() != 429,
                        true);
        };
    }
}
