package io.promwarden.inventory;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities of storage, e.g. {@code 50Gi}. */
public final class Quantity {

    private static final Pattern FORM = Pattern.compile(
            "\\+?([0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})([KMGTPE]i|[numkMGTPE]|[eE]([+-]?[0-9]{1,3}))?");
    private static final Map<String, Integer> POWERS =
            Map.of("n", -3, "u", -2, "m", -1, "k", 1, "K", 1, "M", 2, "G", 3, "T", 4, "P", 5, "E", 6);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Quantity() {}

    /** Bytes, rounded down; the largest number there is for more than that; empty if the text is no quantity. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2);
        String exponent = matcher.group(3);
        if (exponent != null) {
            number = number.scaleByPowerOfTen(Integer.parseInt(exponent));
        } else if (suffix != null) {
            int power = POWERS.getOrDefault(suffix.substring(0, 1), 0);
            number = suffix.endsWith("i")
                    ? number.multiply(BigDecimal.valueOf(1024).pow(power))
                    : number.scaleByPowerOfTen(3 * power);
        }
        return Optional.of(number.min(LARGEST).longValue());
    }
}
