package io.promwarden.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.label.Labels;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    @Test
    void hostile_label_values_and_strange_numbers_are_read() {
        OwnMetrics metrics = read("""
                # HELP a_metric with {braces="x"} 1
                # TYPE a_metric gauge
                a_metric{x="quote\\" back\\\\slash line\\nfeed } , = é",} 1.5 1700000000000
                a_metric { y = "b" , z="" } NaN

                  another:one 9.223372036854775807E18
                inf +Inf
                negative -Inf
                small -1e-09""");

        assertThat(metrics.samples("a_metric"))
                .contains(new Sample(Labels.of(Map.of("x", "quote\" back\\slash line\nfeed } , = é")), 1.5))
                .contains(new Sample(Labels.of(Map.of("y", "b")), Double.NaN));
        assertThat(metrics.sum("another:one")).hasValue(9.223372036854776E18);
        assertThat(metrics.sum("inf")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(metrics.sum("negative")).hasValue(Double.NEGATIVE_INFINITY);
        assertThat(metrics.sum("small")).hasValue(-1e-9);
        assertThat(metrics.sum("none")).isEmpty();
    }

    @Test
    void what_is_no_exposition_is_unknown_with_its_line() {
        assertThat(reason("a 1\nb{x=\"1} 2\n")).isEqualTo("the metrics can't be read: line 2 is no sample");
        assertThat(reason("a one\n")).contains("line 1");
        assertThat(reason("a 0x10\n")).contains("line 1");
        assertThat(reason("a 1d\n")).contains("line 1");
        assertThat(reason("a{x} 1\n")).contains("line 1");
        assertThat(reason("<html>")).contains("line 1");
        assertThat(reason("")).isEqualTo("the server exposes no metrics");
    }

    private static OwnMetrics read(String text) {
        return Exposition.read(text).value().orElseThrow(() -> new AssertionError(reason(text)));
    }

    private static String reason(String text) {
        return Exposition.read(text).reason().orElse("read");
    }
}
