package io.promwarden.kubernetes;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.Trimming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * One page of a list. Its objects are read, trimmed and handed on one by one: of the whole page there is never more than
 * the bytes that came.
 */
final class ListPage {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectReader OBJECT = JSON.readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ListPage() {}

    /**
     * Adds what is kept of a page's objects to a list.
     *
     * @return the token of the next page, empty text after the last one; nothing if this is no list
     */
    static <T> Optional<String> read(byte[] page, ObjectKind kind, Function<RawObject, T> keep, List<T> kept) {
        String next = "";
        boolean list = false;
        try (JsonParser from = JSON.createParser(page)) {
            if (from.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (from.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = from.currentName();
                JsonToken value = from.nextToken();
                if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    list = true;
                    while (from.nextToken() == JsonToken.START_OBJECT) {
                        RawObject object = RawObject.of(OBJECT.readValue(from));
                        kept.add(keep.apply(Trimming.trim(kind, object)));
                    }
                } else if (name.equals("items") && value == JsonToken.VALUE_NULL) {
                    list = true;
                } else if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
                    next = continueToken(from);
                } else {
                    from.skipChildren();
                }
            }
            if (from.currentToken() != JsonToken.END_OBJECT) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return list ? Optional.of(next) : Optional.empty();
    }

    private static String continueToken(JsonParser from) {
        String token = "";
        while (from.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = from.currentName().equals("continue");
            if (from.nextToken() == JsonToken.VALUE_STRING && wanted) {
                token = from.getString();
            } else {
                from.skipChildren();
            }
        }
        return token;
    }
}
