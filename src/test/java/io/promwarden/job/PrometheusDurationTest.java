package io.promwarden.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusDurationTest {

    @ParameterizedTest
    @CsvSource({"30d,PT720H", "1w,PT168H", "1y,PT8760H", "1d12h,PT36H", "90m,PT90M", "1m30s,PT1M30S", "1500ms,PT1.5S"})
    void a_duration_is_read_as_prometheus_reads_it(String text, Duration expected) {
        assertThat(PrometheusDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0d",
                "0s0ms",
                "30",
                "30 days",
                " 30d",
                "-1d",
                "1.5d",
                "1h1d",
                "1d1d",
                "1D",
                "d",
                "1M",
                "101y",
                "999999999y",
                "99999999999999999999d",
                "P1D"
            })
    void an_impossible_duration_is_none(String text) {
        assertThat(PrometheusDuration.parse(text)).isEmpty();
    }
}
