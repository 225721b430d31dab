package io.promwarden.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder below src/test/resources/checks. To approve what the checks say now, run with {@code
 * -Dpromwarden.approve=true} and read the difference like code.
 */
class CheckFixturesTest {

    static Iterable<Fixture> fixtures() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void a_check_says_of_a_fixture_what_its_findings_say(Fixture fixture) throws IOException {
        String found = fixture.found();

        if (Boolean.getBoolean("promwarden.approve")) {
            Files.writeString(fixture.expected(), found);
        }
        assertThat(found).isEqualTo(fixture.expectedText());
    }
}
