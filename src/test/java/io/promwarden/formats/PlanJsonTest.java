package io.promwarden.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.report.SamplePlan;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.SealedPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PlanJsonTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final SealedPlan plan = PlanJson.seal(SamplePlan.document());

    @Test
    void what_was_written_is_read_as_it_was() {
        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(Answer.known(plan));
    }

    @Test
    void formatting_and_the_order_of_fields_do_not_count() {
        ObjectNode root = tree();
        String compact = "{\"plan\":" + root.get("plan") + ",\"sha256\":" + root.get("sha256") + "}";
        assertThat(PlanJson.read(bytes(compact))).isEqualTo(Answer.known(plan));
    }

    @Test
    void every_value_that_is_changed_is_noticed() {
        int values = leaves(tree().get("plan"), new ArrayList<>()).size();
        assertThat(values).isGreaterThan(150);
        for (int i = 0; i < values; i++) {
            ObjectNode root = tree();
            Leaf leaf = leaves(root.get("plan"), new ArrayList<>()).get(i);
            leaf.change();
            assertThat(PlanJson.read(bytes(root.toString())).reason())
                    .as(leaf.name())
                    .isPresent();
        }
    }

    @Test
    void every_field_that_is_missing_or_added_is_noticed() {
        int objects = objects(tree(), new ArrayList<>()).size();
        for (int i = 0; i < objects; i++) {
            ObjectNode added = tree();
            objects(added, new ArrayList<>()).get(i).put("more", 1);
            assertThat(PlanJson.read(bytes(added.toString())).reason()).isPresent();
            for (String field : objects(tree(), new ArrayList<>()).get(i).propertyNames()) {
                ObjectNode lacking = tree();
                objects(lacking, new ArrayList<>()).get(i).remove(field);
                assertThat(PlanJson.read(bytes(lacking.toString())).reason())
                        .as(field)
                        .isPresent();
            }
        }
    }

    @Test
    void a_changed_plan_with_its_new_hash_is_another_plan_and_one_with_foreign_fields_none() {
        ObjectNode foreign = tree();
        ((ObjectNode) foreign.get("plan")).put("more", 1);
        SealedPlan other = PlanJson.seal(changed("another"));
        assertThat(other.runId()).isNotEqualTo(plan.runId());
        assertThat(PlanJson.read(PlanJson.write(other))).isEqualTo(Answer.known(other));
        String said = PlanJson.read(bytes(foreign.toString())).reason().orElseThrow();
        String hash = said.replaceAll(".*SHA-256 ([0-9a-f]{64}),.*", "$1");
        foreign.put("sha256", hash);
        assertThat(PlanJson.read(bytes(foreign.toString())).reason()).isPresent();
    }

    @Test
    void what_no_plan_says_is_no_plan_whatever_its_hash() {
        assertThat(hashedAnew(deletions -> ((ObjectNode) deletions.get(0)).put("series", -1)))
                .contains("-1 series");
        assertThat(hashedAnew(deletions -> deletions.add(deletions.get(0).deepCopy())))
                .contains("twice");
        assertThat(hashedAnew(deletions -> ((ObjectNode) deletions.get(0)).putNull("policy")))
                .contains("cannot be read");
        assertThat(hashedAnew(deletions -> ((ObjectNode) deletions.get(0)).putNull("series")))
                .contains("cannot be read");
        PlanDocument one = SamplePlan.document();
        PlanDocument.OfCluster first = one.clusters().getFirst();
        assertThat(reason(first, first)).contains("the cluster eu-1 twice");
        assertThat(reason(new PlanDocument.OfCluster(
                        "eu-1", List.of(first.plans().getFirst(), first.plans().getFirst()), List.of())))
                .contains("prometheus-k8s-0")
                .contains("twice");
        assertThat(reason(new PlanDocument.OfCluster("eu-9", first.plans(), List.of())))
                .contains("stands under the cluster eu-9");
    }

    private String hashedAnew(Consumer<ArrayNode> change) {
        ObjectNode root = tree();
        change.accept((ArrayNode) root.at("/plan/clusters/0/plans/0/deletions"));
        String said = reason(root.toString());
        root.put("sha256", said.replaceAll(".*SHA-256 ([0-9a-f]{64}),.*", "$1"));
        return reason(root.toString());
    }

    private String reason(PlanDocument.OfCluster... clusters) {
        PlanDocument one = SamplePlan.document();
        return reason(new String(
                PlanJson.write(PlanJson.seal(new PlanDocument(
                        one.format(),
                        one.version(),
                        one.job(),
                        one.file(),
                        one.definition(),
                        one.madeAt(),
                        one.freshUntil(),
                        one.applyTo(),
                        one.compaction(),
                        List.of(clusters)))),
                StandardCharsets.UTF_8));
    }

    @Test
    void what_is_wrong_is_said() {
        assertThat(reason("")).contains("no plan");
        assertThat(reason("{")).contains("cannot be read");
        assertThat(reason("[]")).contains("no plan");
        assertThat(reason("{\"sha256\":\"x\",\"plan\":{},\"plan\":{}}")).contains("cannot be read");
        assertThat(reason(new String(PlanJson.write(plan), StandardCharsets.UTF_8) + "{}"))
                .contains("cannot be read");
        assertThat(reason("{\"sha256\":\"x\",\"plan\":{\"format\":2}}")).contains("format is 2");
        ObjectNode altered = tree();
        altered.put("sha256", "0".repeat(64));
        assertThat(reason(altered.toString())).contains("altered").contains(plan.sha256());
    }

    private static PlanDocument changed(String job) {
        PlanDocument one = SamplePlan.document();
        return new PlanDocument(
                one.format(),
                one.version(),
                job,
                one.file(),
                one.definition(),
                Instant.parse("2026-11-22T02:10:07.123456789Z"),
                one.freshUntil(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private record Leaf(String name, Runnable change0) {
        void change() {
            change0.run();
        }
    }

    private static List<Leaf> leaves(JsonNode node, List<Leaf> found) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field ->
                            leaf(field.getKey(), field.getValue(), found, value -> object.set(field.getKey(), value)));
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                leaf("[" + i + "]", array.get(i), found, value -> array.set(at, value));
            }
        }
        return found;
    }

    private static void leaf(
            String name, JsonNode value, List<Leaf> found, java.util.function.Consumer<JsonNode> replace) {
        if (value.isContainer()) {
            leaves(value, found);
        } else {
            JsonNode other = value.isNumber()
                    ? JSON.getNodeFactory().numberNode(value.asLong() + 1)
                    : value.isString()
                            ? JSON.getNodeFactory().stringNode(value.asString() + "x")
                            : JSON.getNodeFactory().stringNode("x");
            found.add(new Leaf(name, () -> replace.accept(other)));
        }
    }

    private static List<ObjectNode> objects(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.forEach(inner -> objects(inner, found));
        return found;
    }

    private String reason(String content) {
        return PlanJson.read(bytes(content)).reason().orElse("");
    }

    private ObjectNode tree() {
        return (ObjectNode) JSON.readTree(PlanJson.write(plan));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
