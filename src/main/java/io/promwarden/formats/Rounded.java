package io.promwarden.formats;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A number as a reader wants it: four digits behind the point at most, and no exponent. */
final class Rounded {

    private Rounded() {}

    static BigDecimal number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? BigDecimal.ZERO : withoutExponent(rounded.stripTrailingZeros());
    }

    private static BigDecimal withoutExponent(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
    }
}
