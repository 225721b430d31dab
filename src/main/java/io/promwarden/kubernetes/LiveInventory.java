package io.promwarden.kubernetes;

import io.promwarden.answer.Answer;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Parameter;
import io.promwarden.http.PoliteExchange;
import io.promwarden.http.RetryPolicy;
import io.promwarden.http.ServerLimit;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lists a cluster's objects page by page. Asks nothing but lists. */
final class LiveInventory implements InventorySource {

    private static final String PAGE = "500";
    private static final int STARTS = 3;

    private final Exchange api;
    private final Duration timeout;

    /**
     * The objects behind an API server.
     *
     * @param timeout for one page
     */
    LiveInventory(Exchange api, ServerLimit limit, RetryPolicy policy, Duration timeout) {
        this.api = new PoliteExchange(question -> failedIsPassing(api.ask(question)), limit, policy);
        this.timeout = timeout;
    }

    /** An API server says 500 for a passing weakness of its store, and listing again does no harm. */
    private static HttpAnswer failedIsPassing(HttpAnswer answer) {
        return answer instanceof Received received && received.status() == 500
                ? new Unanswered("500: " + ApiStatus.message(received).orElse("the API server failed"), true, true)
                : answer;
    }

    /** How reading a list from its first page went. */
    private sealed interface Reading<T> {

        record Whole<T>(List<T> objects) implements Reading<T> {}

        /** A page's token is too old: the list can only be read from its start. */
        record Expired<T>() implements Reading<T> {}

        record Failed<T>(String reason) implements Reading<T> {}
    }

    @Override
    public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
        Answer<List<T>> all = Answer.known(List.of());
        for (String selection : kind.selections()) {
            all = all.flatMap(before -> list(kind, selection, keep).map(more -> {
                List<T> both = new ArrayList<>(before);
                both.addAll(more);
                return List.copyOf(both);
            }));
        }
        return all;
    }

    private <T> Answer<List<T>> list(ObjectKind kind, String selection, Function<RawObject, T> keep) {
        for (int start = 0; start < STARTS; start++) {
            switch (read(kind, selection, keep)) {
                case Reading.Whole<T> whole -> {
                    return Answer.known(whole.objects());
                }
                case Reading.Failed<T> failed -> {
                    return Answer.unknown(failed.reason());
                }
                case Reading.Expired<T> expired -> {
                    // Started over.
                }
            }
        }
        return Answer.unknown("410: the list of " + kind.plural() + " expired " + STARTS
                + " times before its end was reached; is the API server too slow?");
    }

    private <T> Reading<T> read(ObjectKind kind, String selection, Function<RawObject, T> keep) {
        List<T> objects = new ArrayList<>();
        String token = "";
        while (true) {
            switch (api.ask(page(kind, selection, token))) {
                case Unanswered unanswered -> {
                    return new Reading.Failed<>(unanswered.reason());
                }
                case Received received -> {
                    if (!received.successful()) {
                        return refused(kind, received, token.isEmpty());
                    }
                    Optional<String> next = ListPage.read(received.body(), kind, keep, objects);
                    if (next.isEmpty()) {
                        return new Reading.Failed<>("the API server's answer is no list of " + kind.plural()
                                + ": is the address right, and nothing in between?");
                    }
                    if (next.get().isEmpty()) {
                        return new Reading.Whole<>(List.copyOf(objects));
                    }
                    if (next.get().equals(token)) {
                        return new Reading.Failed<>(
                                "the API server gives the same page of " + kind.plural() + " again and again");
                    }
                    token = next.get();
                }
            }
        }
    }

    private HttpQuestion page(ObjectKind kind, String selection, String token) {
        String root = kind.group().isEmpty() ? "/api/" : "/apis/";
        String path = root + kind.apiVersion() + "/" + kind.plural();
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter("limit", PAGE));
        if (!selection.isEmpty()) {
            parameters.add(new Parameter("fieldSelector", selection));
        }
        if (!token.isEmpty()) {
            parameters.add(new Parameter("continue", token));
        }
        return HttpQuestion.get(path, timeout, parameters.toArray(Parameter[]::new));
    }

    private static <T> Reading<T> refused(ObjectKind kind, Received received, boolean firstPage) {
        String said =
                ApiStatus.message(received).map(message -> " (" + message + ")").orElse("");
        return switch (received.status()) {
            case 410 -> new Reading.Expired<>();
            case 404 ->
                kind.custom() && firstPage
                        ? new Reading.Whole<>(List.of())
                        : new Reading.Failed<>(
                                "404: this API server has no " + kind.apiVersion() + " " + kind.plural());
            case 401 -> new Reading.Failed<>("401: the API server doesn't accept these credentials" + said);
            case 403 ->
                new Reading.Failed<>("403: may not list " + kind.plural() + said
                        + "; grant it in a ClusterRole: apiGroups [\"" + kind.group() + "\"], resources [\""
                        + kind.plural() + "\"], verbs [\"list\"]");
            case 429 -> new Reading.Failed<>("429: the API server has no room for listing " + kind.plural() + said);
            default ->
                new Reading.Failed<>(received.status() + ": the API server did not list " + kind.plural() + said);
        };
    }
}
