package io.promwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1024, 1024",
        "50Gi, 53687091200",
        "50G, 50000000000",
        "1.5Gi, 1610612736",
        ".5Ki, 512",
        "1., 1",
        "+1k, 1000",
        "107374182400000m, 107374182400",
        "1500m, 1",
        "1e3, 1000",
        "1E3, 1000",
        "1E, 1000000000000000000",
        "2Ei, 2305843009213693952"
    })
    void a_quantity_is_read_as_bytes(String text, long bytes) {
        assertThat(Quantity.bytes(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Gi", "1 GB", "-1Gi", "1Gib", "1e", "1e99999999999", "one", "0x10", "1,5Gi"})
    void what_is_no_quantity_of_storage_is_nothing(String text) {
        assertThat(Quantity.bytes(text)).isEmpty();
    }

    @Test
    void more_than_fits_into_a_number_is_the_largest_one() {
        assertThat(Quantity.bytes("16Ei")).contains(Long.MAX_VALUE);
        assertThat(Quantity.bytes("1e400")).contains(Long.MAX_VALUE);
    }
}
