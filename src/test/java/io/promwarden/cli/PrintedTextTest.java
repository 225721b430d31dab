package io.promwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PrintedTextTest {

    @Test
    void json_says_the_same_and_moves_nothing_on_a_terminal() {
        Map<String, String> hostile = Map.of("x", "a\u009b2J\u202eb\u007f\n\r\u001b");
        String json = Terminal.safeJson(new JsonMapper().writeValueAsString(hostile));
        assertThat(json).isEqualTo("{\"x\":\"a\\u009b2J\\u202eb\\u007f\\n\\r\\u001B\"}");
        assertThat(new JsonMapper().readTree(json).path("x").asString()).isEqualTo(hostile.get("x"));
    }

    @Test
    void a_path_is_one_word_of_a_shell() {
        assertThat(PlanCommand.quoted(Path.of("reports/n-1/plan.json"))).isEqualTo("reports/n-1/plan.json");
        assertThat(PlanCommand.quoted(Path.of("my plans/it's;rm.json"))).isEqualTo("'my plans/it'\\''s;rm.json'");
        assertThat(PlanCommand.quoted(Path.of("-x/plan.json"))).isEqualTo("./-x/plan.json");
    }
}
