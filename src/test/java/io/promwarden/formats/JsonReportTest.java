package io.promwarden.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.report.SampleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode root = JSON.readTree(new JsonReport().render(SampleReport.night()));

    @Test
    void the_summary_says_what_the_page_says() {
        JsonNode summary = root.get("summary");

        assertThat(summary.get("state").asString()).isEqualTo("act");
        assertThat(summary.get("headline").asString()).isEqualTo("5 errors need attention, 2 of them new.");
        assertThat(summary.get("findings").get("error").asInt()).isEqualTo(5);
        assertThat(summary.get("new").get("warning").asInt()).isEqualTo(1);
        assertThat(summary.get("fixed").asInt()).isEqualTo(2);
        assertThat(summary.get("notRun").asInt()).isEqualTo(3);
        assertThat(summary.get("unproved").asInt()).isEqualTo(1);
        assertThat(summary.get("coverage").get("ratio").decimalValue()).isEqualByComparingTo("0.6154");
    }

    @Test
    void a_finding_keeps_its_id_its_evidence_and_its_patch() {
        JsonNode cart = root.get("findings").get(0);

        assertThat(cart.get("check").asString()).isEqualTo("monitor/not-selected");
        assertThat(cart.get("id").asString())
                .isEqualTo(SampleReport.night().findings().get(0).finding().id());
        assertThat(cart.get("evidence").get(0).get("name").asString()).isEqualTo("metadata.labels");
        assertThat(cart.get("fix").get("patch").asString()).startsWith("kubectl -n logistics label");
        assertThat(cart.get("firstSeen").asString()).isEqualTo("2026-11-19T02:10:00Z");
    }

    @Test
    void what_is_unknown_is_null_and_not_a_number() {
        JsonNode unproved = root.get("receipts").get(3);

        assertThat(unproved.get("verdict").asString()).isEqualTo("unknown");
        assertThat(unproved.get("samplesAfter").isNull()).isTrue();
        assertThat(root.get("alerts")
                        .get(1)
                        .get("alerts")
                        .get(0)
                        .get("silenced")
                        .isNull())
                .isTrue();
        assertThat(root.get("storage")
                        .get(1)
                        .get("servers")
                        .get(0)
                        .get("walBytes")
                        .isNull())
                .isTrue();
    }

    @Test
    void the_same_report_gives_the_same_bytes() {
        assertThat(new JsonReport().render(SampleReport.night()))
                .isEqualTo(new JsonReport().render(SampleReport.night()));
    }

    @Test
    void every_key_is_described() throws IOException {
        String page = Files.readString(Path.of("docs/report-json.md"));
        List<String> undescribed = new ArrayList<>();
        keys(root, "", undescribed, page);

        assertThat(undescribed).isEmpty();
    }

    /** Keys of objects; not those of maps, whose keys are names from the world. */
    private static void keys(JsonNode node, String path, List<String> undescribed, String page) {
        if (node.isArray()) {
            node.forEach(element -> keys(element, path, undescribed, page));
        } else if (node.isObject()
                && !path.endsWith("labels")
                && !path.endsWith("firing")
                && !path.endsWith("namespaces")
                && !path.endsWith("pages")) {
            node.properties().forEach(property -> {
                String key = property.getKey();
                if (!page.contains("`" + key + "`")) {
                    undescribed.add(path + "/" + key);
                }
                keys(property.getValue(), path + "/" + key, undescribed, page);
            });
        }
    }
}
