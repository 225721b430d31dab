package io.promwarden.manifests;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.pem.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers from the Secrets and ConfigMaps that stand among manifests. */
public final class ManifestData implements ReferencedData {

    private static final String ABSENT =
            "it is not among the manifests, which need not be all; --complete says that they are";

    private final Map<String, RawObject> byName = new HashMap<>();
    private final boolean complete;

    /**
     * Answers from these objects.
     *
     * @param defaultNamespace of objects that name none
     * @param complete true if what is not among them doesn't exist
     */
    public ManifestData(List<RawObject> objects, String defaultNamespace, boolean complete) {
        this.complete = complete;
        for (RawObject object : objects) {
            for (Reference.Type type : Reference.Type.values()) {
                if (object.apiVersion().equals("v1") && object.kind().equals(type.word())) {
                    String namespace = object.namespace().isEmpty() ? defaultNamespace : object.namespace();
                    byName.put(key(type, namespace, object.name()), object);
                }
            }
        }
    }

    @Override
    public Answer<Boolean> exists(Reference reference) {
        return value(reference).map(Optional::isPresent);
    }

    @Override
    public Answer<Boolean> firstPemIsCertificate(Reference reference) {
        return value(reference)
                .map(value -> value.filter(KeyMaterial::firstIsCertificate).isPresent());
    }

    @Override
    public Answer<Boolean> isKeyPair(Reference certificate, Reference key) {
        return value(certificate)
                .flatMap(one -> value(key)
                        .map(other ->
                                one.isPresent() && other.isPresent() && KeyMaterial.isPair(one.get(), other.get())));
    }

    /** The value of a key; empty if the object is there and lacks the key, or if it is known not to be there. */
    private Answer<Optional<byte[]>> value(Reference reference) {
        RawObject object = byName.get(key(reference.type(), reference.namespace(), reference.name()));
        if (object == null) {
            return complete ? Answer.known(Optional.empty()) : Answer.unknown(ABSENT);
        }
        return Answer.known(
                reference.type() == Reference.Type.SECRET
                        ? secret(object, reference.key())
                        : text(object, "data", reference.key()).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code stringData} beats {@code data}, as the API server merges them. */
    private static Optional<byte[]> secret(RawObject object, String key) {
        Optional<byte[]> plain = text(object, "stringData", key).map(text -> text.getBytes(StandardCharsets.UTF_8));
        return plain.isPresent() ? plain : text(object, "data", key).map(ManifestData::decoded);
    }

    /** A null is an empty value, as for the API server. */
    private static Optional<String> text(RawObject object, String field, String key) {
        return object.value(field) instanceof Map<?, ?> map && map.containsKey(key)
                ? Optional.of(object.text(field, key).orElse(""))
                : Optional.empty();
    }

    /** What isn't base64, and no API server would take, is data that nobody can parse. */
    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return base64.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String key(Reference.Type type, String namespace, String name) {
        return type.word() + "/" + namespace + "/" + name;
    }
}
