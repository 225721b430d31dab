package io.promwarden.formats;

import io.promwarden.retention.Receipt;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Receipts as JSON, each as report.json has it. */
public final class ReceiptsJson {

    private static final JsonMapper JSON = new JsonMapper();

    private ReceiptsJson() {}

    /** One array, in the order given. */
    public static String write(List<Receipt> receipts) {
        ArrayNode array = JSON.createArrayNode();
        ChangesJson.receipts(array, receipts);
        return array.toPrettyString();
    }
}
