package io.promwarden.catalog.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promwarden.finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdvisoryTest {

    static List<Advisory> all() {
        return Advisory.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_entry_of_the_list_names_the_thread_that_was_read_and_ends_with_the_version_that_mends_it(Advisory entry) {
        String number = entry.id().substring(entry.id().indexOf('#') + 1);

        assertThat(entry.source())
                .matches("https://github\\.com/prometheus/prometheus/(issues|pull)/[0-9]+(, https://\\S+)*")
                .contains("/" + number);
        assertThat(entry.bounds()).extracting(Advisory.Bound::from).contains(false);
        assertThat(entry.fix()).containsIgnoringCase("upgrade").doesNotContain("  ");
        assertThat(entry.says()).doesNotEndWith(".");
    }

    @Test
    void no_bug_is_listed_twice() {
        assertThat(all()).extracting(Advisory::id).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "2.9.0, 2.10.0",
        "2.45.0, 3.0.0",
        "3.14.0-rc.1, 3.14.0",
        "3.14.0, 3.14.1-rc.0",
        "v3.1.0, 3.2",
        "2.42.0+ds, 2.42.1",
        "0.35.0, 2.0.0"
    })
    void versions_are_in_the_order_of_their_release(String earlier, String later) {
        assertThat(Version.parse(earlier).orElseThrow())
                .isLessThan(Version.parse(later).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"main", "'2'", "''", "99999999999.1.1"})
    void what_is_no_version_is_none(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }

    @Test
    void a_distributions_build_is_the_version_itself() {
        assertThat(Version.parse("2.42.0+ds")).isEqualTo(Version.parse("2.42.0"));
    }

    @Test
    void an_entry_is_read_with_all_that_it_says() {
        Advisory entry = Advisory.parse("""
                        # a comment: of no entry

                        id: prometheus#1
                        versions: >=2.1.0 <3.0.0
                        when: flag enable-feature, config retention.time
                        severity: info
                        says: it says
                        fix: Upgrade.
                        source: https://github.com/prometheus/prometheus/issues/1
                        """).getFirst();

        assertThat(entry.concerns(Version.parse("2.1.0").orElseThrow())).isTrue();
        assertThat(entry.concerns(Version.parse("2.0.9").orElseThrow())).isFalse();
        assertThat(entry.concerns(Version.parse("3.0.0").orElseThrow())).isFalse();
        assertThat(entry.conditions())
                .containsExactly(
                        new Advisory.Condition(Advisory.Place.FLAG, "enable-feature"),
                        new Advisory.Condition(Advisory.Place.CONFIG, "retention.time"));
        assertThat(entry.severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void an_entry_that_says_too_little_is_no_entry() {
        assertThatThrownBy(() -> Advisory.parse("id: prometheus#1\nversions: <3.0.0\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no when");
    }
}
