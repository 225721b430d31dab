package io.promwarden.kubernetes;

import io.promwarden.answer.Answer;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.pem.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at Secrets and ConfigMaps, each by its name and only when it is asked about. What is kept of one is which keys it has,
 * and of each whether a certificate comes first; values are gone with the answer that held them.
 */
final class LiveReferences implements ReferencedData {

    private static final JsonMapper JSON = new JsonMapper();

    /** What may be a part of a path: names come from objects that anybody may have written. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?");

    private final Exchange api;
    private final Duration timeout;
    private final Map<String, Answer<Map<String, Boolean>>> seen = new ConcurrentHashMap<>();
    private final Map<String, Answer<Boolean>> pairs = new ConcurrentHashMap<>();

    /**
     * What an API server holds.
     *
     * @param timeout for one object
     */
    LiveReferences(Exchange api, Duration timeout) {
        this.api = api;
        this.timeout = timeout;
    }

    @Override
    public Answer<Boolean> exists(Reference reference) {
        return keys(reference).map(keys -> keys.containsKey(reference.key()));
    }

    @Override
    public Answer<Boolean> firstPemIsCertificate(Reference reference) {
        return keys(reference).map(keys -> keys.getOrDefault(reference.key(), false));
    }

    @Override
    public Answer<Boolean> isKeyPair(Reference certificate, Reference key) {
        return pairs.computeIfAbsent(
                certificate.text() + " " + key.text(),
                both -> values(certificate)
                        .flatMap(one -> values(key)
                                .map(other -> one.containsKey(certificate.key())
                                        && other.containsKey(key.key())
                                        && KeyMaterial.isPair(
                                                one.getOrDefault(certificate.key(), new byte[0]),
                                                other.getOrDefault(key.key(), new byte[0])))));
    }

    private Answer<Map<String, Boolean>> keys(Reference reference) {
        String object = reference.type() + " " + reference.namespace() + "/" + reference.name();
        return seen.computeIfAbsent(
                object,
                asked -> values(reference).map(values -> {
                    Map<String, Boolean> keys = new HashMap<>();
                    values.forEach((key, value) -> keys.put(key, KeyMaterial.firstIsCertificate(value)));
                    return Map.copyOf(keys);
                }));
    }

    /** The object's values; none if there is no such object. */
    private Answer<Map<String, byte[]>> values(Reference reference) {
        if (!NAME.matcher(reference.namespace()).matches()
                || !NAME.matcher(reference.name()).matches()) {
            return Answer.known(Map.of()); // No object can have such a name.
        }
        String plural = reference.type() == Reference.Type.SECRET ? "secrets" : "configmaps";
        HttpAnswer answer = api.ask(HttpQuestion.get(
                "/api/v1/namespaces/" + reference.namespace() + "/" + plural + "/" + reference.name(), timeout));
        return switch (answer) {
            case Unanswered unanswered -> Answer.unknown(unanswered.reason());
            case Received received ->
                switch (received.status()) {
                    case 200 -> values(reference.type(), received.body());
                    case 404 -> Answer.known(Map.of());
                    case 403 ->
                        Answer.unknown("403: may not get " + plural + " in " + reference.namespace()
                                + "; grant it as cronjob/overlays/secrets does");
                    default ->
                        Answer.unknown(received.status() + ": the API server did not show this "
                                + reference.type().word());
                };
        };
    }

    private static Answer<Map<String, byte[]>> values(Reference.Type type, byte[] body) {
        try {
            Map<String, byte[]> values = new HashMap<>();
            for (Map.Entry<String, JsonNode> field :
                    JSON.readTree(body).path("data").properties()) {
                String text = field.getValue().asString("");
                values.put(field.getKey(), type == Reference.Type.SECRET ? decoded(text) : bytes(text));
            }
            return Answer.known(values);
        } catch (JacksonException e) {
            // Its message would quote what it could not read.
            return Answer.unknown("the API server's answer is no " + type.word());
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return bytes(base64);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
