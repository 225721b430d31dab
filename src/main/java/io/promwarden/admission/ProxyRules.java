package io.promwarden.admission;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules about the four proxy fields, which stand beside others in whatever makes requests. They have no version gate. */
final class ProxyRules {

    private ProxyRules() {}

    /** What is wrong with the fields, and then with what they refer to. */
    static Optional<Reason> problem(Part owner, Judging judging) {
        return shape(owner, "PROXY").or(() -> data(owner, judging));
    }

    static Optional<Reason> shape(Part owner, String code) {
        boolean url = !owner.text("proxyUrl").isEmpty();
        boolean environment = owner.isTrue("proxyFromEnvironment");
        boolean exceptions = !owner.text("noProxy").isEmpty();
        Map<String, List<Part>> headers = owner.listsByKey("proxyConnectHeader");
        if (!headers.isEmpty() && !environment && !url) {
            return reason(
                    code, owner, "proxyConnectHeader", "without a proxy there is no one to send it to; set proxyUrl.");
        }
        if (environment && url) {
            return reason(code, owner, "proxyUrl", "proxyFromEnvironment excludes it; keep one of the two.");
        }
        if (environment && exceptions) {
            return reason(code, owner, "noProxy", "proxyFromEnvironment excludes it; keep one of the two.");
        }
        if (exceptions && !url) {
            return reason(code, owner, "noProxy", "it needs proxyUrl beside it.");
        }
        for (Map.Entry<String, List<Part>> header : headers.entrySet()) {
            String path = owner.at("proxyConnectHeader") + "[" + header.getKey() + "]";
            if (header.getValue().isEmpty()) {
                return Optional.of(new Reason(code, path, "a header needs at least one Secret key."));
            }
            for (Part selector : header.getValue()) {
                if (selector.text("name").isEmpty() && selector.text("key").isEmpty() && !selector.has("optional")) {
                    return Optional.of(
                            new Reason(code, selector.path(), "the selector is empty; name a Secret and its key."));
                }
            }
        }
        return GoUrl.parse(owner.text("proxyUrl"))
                .problem()
                .map(words -> new Reason(code, owner.at("proxyUrl"), "this is no URL: " + words + "."));
    }

    static Optional<Reason> data(Part owner, Judging judging) {
        return owner.listsByKey("proxyConnectHeader").values().stream()
                .flatMap(List::stream)
                .flatMap(selector -> judging.missingSecret(selector).stream())
                .findFirst();
    }

    private static Optional<Reason> reason(String code, Part owner, String field, String message) {
        return Optional.of(new Reason(code, owner.at(field), message));
    }
}
