package io.promwarden.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request to one server.
 *
 * @param path below the server's base, with a slash in front, e.g. {@code /api/v1/query}; where there is a document it may
 *     have a query string
 * @param parameters in their order; the query string of a GET, the form body of a POST; none where there is a document
 * @param timeout for the whole exchange
 * @param repeatable true if asking twice does no harm: only then is a failed try repeated
 * @param document a body that is no form, of a POST
 */
public record HttpQuestion(
        Method method,
        String path,
        List<Parameter> parameters,
        Duration timeout,
        boolean repeatable,
        Optional<Document> document) {

    public enum Method {
        GET,
        POST
    }

    /** A name and a value, not yet encoded. */
    public record Parameter(String name, String value) {}

    /**
     * A body as it is sent.
     *
     * @param headers sent beside the content type, e.g. {@code Idempotency-Key}; never credentials, which belong to the
     *     exchange
     */
    public record Document(String contentType, String text, List<Parameter> headers) {
        public Document {
            headers = List.copyOf(headers);
        }
    }

    public HttpQuestion {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not a path: " + path);
        }
        if (document.isPresent() && (method != Method.POST || !parameters.isEmpty())) {
            throw new IllegalArgumentException("a document is the body of a POST without parameters");
        }
        parameters = List.copyOf(parameters);
    }

    /** A question without a document. */
    public HttpQuestion(Method method, String path, List<Parameter> parameters, Duration timeout, boolean repeatable) {
        this(method, path, parameters, timeout, repeatable, Optional.empty());
    }

    /**
     * A document that is posted: sent once, whatever happens.
     *
     * @param path encoded, with its query string if it has one
     */
    public static HttpQuestion post(String path, Document document, Duration timeout) {
        return new HttpQuestion(Method.POST, path, List.of(), timeout, false, Optional.of(document));
    }

    /** A read. */
    public static HttpQuestion get(String path, Duration timeout, Parameter... parameters) {
        return new HttpQuestion(Method.GET, path, List.of(parameters), timeout, true);
    }

    /** A read whose parameters may be too long for a URL. */
    public static HttpQuestion form(String path, Duration timeout, Parameter... parameters) {
        return new HttpQuestion(Method.POST, path, List.of(parameters), timeout, true);
    }

    /** A call that changes something: sent once, whatever happens. */
    public static HttpQuestion once(String path, Duration timeout, Parameter... parameters) {
        return new HttpQuestion(Method.POST, path, List.of(parameters), timeout, false);
    }

    /** The parameters, form-encoded; a {@code +} in a value is sent as {@code %2B}. */
    public String encoded() {
        return parameters.stream()
                .map(parameter -> encode(parameter.name()) + "=" + encode(parameter.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
