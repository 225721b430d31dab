package io.promwarden.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainWorldsTest {

    static Stream<WrittenWorld> worlds() {
        return WrittenWorld.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void a_world_has_the_chains_that_it_says_of_itself(WrittenWorld world) {
        Map<String, Chain> chains = world.chains();

        assertThat(chains.keySet())
                .containsExactlyInAnyOrderElementsOf(world.expected().stream()
                        .map(WrittenWorld.Expected::chain)
                        .toList());
        for (WrittenWorld.Expected expected : world.expected()) {
            Chain chain = Objects.requireNonNull(chains.get(expected.chain()));
            assertThat(chain.code().map(Code::word).orElse("none"))
                    .as("%s %s", expected.chain(), chain.links())
                    .isEqualTo(expected.code());
            expected.more().forEach(word -> more(chain, word));
        }
    }

    private static void more(Chain chain, String word) {
        switch (word) {
            case "true", "false", "unknown" ->
                assertThat(chain.scraped().name().toLowerCase(Locale.ROOT))
                        .as("%s", chain.links())
                        .isEqualTo(word);
            case "fix" ->
                assertThat(chain.fix()).as("a fix of %s", chain.links()).isPresent();
            case "warning" -> assertThat(chain.warnings()).isNotEmpty();
            case "incomplete" -> {
                // Of the world, not of the chain.
            }
            default -> {
                List<String> sides = List.of(word.split("="));
                assertThat(chain.links())
                        .filteredOn(link -> link.name().word().equals(sides.get(0)))
                        .as("%s", chain.links())
                        .extracting(link -> link.outcome().word())
                        .containsExactly(sides.get(1));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void a_fix_mends_its_chain_when_it_is_applied_to_the_world(WrittenWorld world) {
        world.chains()
                .forEach((title, chain) -> chain.fix().ifPresent(fix -> {
                    assertThat(fix.diff()).isNotBlank();
                    assertThat(fix.patch().toString() + fix.diff() + fix.text()).doesNotContain("[redacted]");

                    Map<String, Chain> after = world.patched(fix).chains();

                    String now = title.replace("[-]", "[0]");
                    Chain mended = Objects.requireNonNull(after.get(now));
                    assertThat(mended.code())
                            .as("after %s: %s", fix.patch(), mended.links())
                            .isEmpty();
                }));
    }

    @Test
    void every_code_that_files_can_show_has_two_worlds_and_a_dozen_and_more_are_healthy() {
        Map<Code, Integer> worlds = new EnumMap<>(Code.class);
        int healthy = 0;
        for (WrittenWorld world : worlds().toList()) {
            if (world.code().isPresent()) {
                worlds.merge(world.code().get(), 1, Integer::sum);
                assertThat(world.expected())
                        .as("%s", world)
                        .extracting(WrittenWorld.Expected::code)
                        .contains(world.code().get().word());
            } else {
                healthy++;
                assertThat(world.expected())
                        .extracting(WrittenWorld.Expected::code)
                        .containsOnly("none");
            }
        }

        for (Code code : Code.values()) {
            if (code.link().compareTo(LinkName.RELABELING) <= 0) {
                assertThat(worlds.getOrDefault(code, 0)).as(code.word()).isGreaterThanOrEqualTo(2);
            }
        }
        assertThat(healthy).isGreaterThanOrEqualTo(12);
    }

    @Test
    void every_code_that_a_patch_can_mend_has_a_world_with_a_fix() {
        List<Code> never = List.of(Code.PODS_NOT_RUNNING);
        List<Code> mended = worlds().flatMap(world -> world.chains().values().stream())
                .filter(chain -> chain.fix().isPresent())
                .flatMap(chain -> chain.code().stream())
                .distinct()
                .toList();

        for (Code code : Code.values()) {
            if (code.link().compareTo(LinkName.RELABELING) <= 0 && !never.contains(code)) {
                assertThat(mended).contains(code);
            }
        }
    }
}
