package io.promwarden.formats;

import io.promwarden.explain.Chain;
import io.promwarden.explain.Code;
import io.promwarden.explain.Link;
import io.promwarden.explain.PatchFix;
import io.promwarden.inventory.Position;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chains as one JSON array, as docs/explain.md describes it. */
public final class ExplainJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ExplainJson() {}

    public static String text(List<Chain> chains) {
        ArrayNode array = JSON.createArrayNode();
        chains.forEach(chain -> chain(array.addObject(), chain));
        return JSON.writeValueAsString(array);
    }

    private static void chain(ObjectNode node, Chain chain) {
        chain.monitor().raw().position().map(Position::file).ifPresent(file -> node.put("file", file));
        node.put("kind", chain.monitor().kind().kind());
        node.put("namespace", chain.monitor().meta().namespace());
        node.put("name", chain.monitor().meta().name());
        if (chain.endpoint().isPresent()) {
            node.put("endpoint", chain.endpoint().getAsInt());
        } else {
            node.putNull("endpoint");
        }
        node.put("prometheus", chain.prometheus().orElse(null));
        switch (chain.scraped()) {
            case TRUE -> node.put("scraped", true);
            case FALSE -> node.put("scraped", false);
            case UNKNOWN -> node.put("scraped", "unknown");
        }
        node.put("code", chain.code().map(Code::word).orElse(null));
        ArrayNode links = node.putArray("links");
        chain.links().forEach(link -> link(links.addObject(), link));
        ArrayNode warnings = node.putArray("warnings");
        chain.warnings().forEach(warnings::add);
        ArrayNode elsewhere = node.putArray("elsewhere");
        chain.elsewhere().forEach(elsewhere::add);
        chain.fix().ifPresentOrElse(fix -> fix(node.putObject("fix"), fix), () -> node.putNull("fix"));
    }

    private static void link(ObjectNode node, Link link) {
        node.put("link", link.name().word());
        node.put("outcome", link.outcome().word());
        ArrayNode evidence = node.putArray("evidence");
        link.evidence().forEach(evidence::add);
    }

    private static void fix(ObjectNode node, PatchFix fix) {
        node.putObject("target")
                .put("apiVersion", fix.target().apiVersion())
                .put("kind", fix.target().kind())
                .put("namespace", fix.target().namespace())
                .put("name", fix.target().name());
        node.put("text", fix.text());
        node.set("patch", JSON.valueToTree(fix.patch()));
        node.put("diff", fix.diff());
    }
}
