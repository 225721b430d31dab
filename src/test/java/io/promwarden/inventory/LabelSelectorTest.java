package io.promwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.inventory.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelSelectorTest {

    private static LabelSelector where(String key, String operator, String... values) {
        return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, List.of(values))));
    }

    @Test
    void an_empty_selector_matches_everything() {
        LabelSelector empty = LabelSelector.of(RawObject.of(Map.of()));
        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.matches(Map.of())).isTrue();
        assertThat(empty.text()).isEqualTo("<everything>");
    }

    @Test
    void each_operator_matches_as_an_api_server_does() {
        Map<String, String> shop = Map.of("tier", "shop");
        Map<String, String> none = Map.of();
        assertThat(where("tier", "In", "shop", "pay").matches(shop)).isTrue();
        assertThat(where("tier", "In", "shop").matches(none)).isFalse();
        assertThat(where("tier", "NotIn", "shop").matches(shop)).isFalse();
        assertThat(where("tier", "NotIn", "shop").matches(none)).isTrue();
        assertThat(where("tier", "Exists").matches(shop)).isTrue();
        assertThat(where("tier", "Exists").matches(none)).isFalse();
        assertThat(where("tier", "DoesNotExist").matches(shop)).isFalse();
        assertThat(where("tier", "DoesNotExist").matches(none)).isTrue();
        assertThat(where("tier", "Like", "shop").matches(shop)).isFalse();
    }

    @Test
    void labels_and_expressions_must_all_match() {
        LabelSelector both = LabelSelector.of(RawObject.of(Map.of(
                "matchLabels",
                Map.of("app", "cart"),
                "matchExpressions",
                List.of(Map.of("key", "tier", "operator", "In", "values", List.of("shop"))))));
        assertThat(both.matches(Map.of("app", "cart", "tier", "shop", "x", "y")))
                .isTrue();
        assertThat(both.matches(Map.of("app", "cart"))).isFalse();
        assertThat(both.matches(Map.of("app", "pay", "tier", "shop"))).isFalse();
        assertThat(both.text()).isEqualTo("app=cart,tier in (shop)");
    }

    @Test
    void an_index_finds_what_looking_at_everything_finds() {
        record Thing(String namespace, Map<String, String> labels) {}
        List<Thing> things = IntStream.range(0, 300)
                .mapToObj(i -> new Thing("ns" + i % 3, Map.of("app", "app" + i % 7, "odd", String.valueOf(i % 2 == 1))))
                .toList();
        Indexed<Thing> indexed = Indexed.of(things, Thing::namespace, Thing::labels);
        LabelSelector selector =
                new LabelSelector(Map.of("app", "app3"), List.of(new Requirement("odd", "In", List.of("true"))));
        assertThat(indexed.select(Optional.of(Set.of("ns1", "ns2", "gone")), selector))
                .containsExactlyInAnyOrderElementsOf(things.stream()
                        .filter(thing -> !thing.namespace().equals("ns0"))
                        .filter(thing -> selector.matches(thing.labels()))
                        .toList())
                .isNotEmpty();
        assertThat(indexed.select(Optional.empty(), new LabelSelector(Map.of(), List.of())))
                .hasSize(300);
        assertThat(indexed.select(Optional.empty(), new LabelSelector(Map.of("app", "none"), List.of())))
                .isEmpty();
        assertThat(indexed.in("ns0")).hasSize(100);
        assertThat(indexed.size()).isEqualTo(300);
    }
}
