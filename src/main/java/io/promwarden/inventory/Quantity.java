package io.promwarden.inventory;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities of storage, e.g. {@code 50Gi}. */
public final class Quantity {

    private static final Pattern FORM = Pattern.compile("([0-9]*\\.?[0-9]+)(([KMGTPE]i|[kMGTPE])|[eE]([0-9]+))?");
    private static final Map<String, Integer> POWERS = Map.of("k", 1, "K", 1, "M", 2, "G", 3, "T", 4, "P", 5, "E", 6);

    private Quantity() {}

    /** Bytes, rounded down; empty if the text is no quantity. */
    public static Optional<Long> bytes(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(3);
        if (suffix != null) {
            int power = POWERS.getOrDefault(suffix.substring(0, 1), 0);
            number = number.multiply(
                    BigDecimal.valueOf(suffix.endsWith("i") ? 1024 : 1000).pow(power));
        } else if (matcher.group(4) != null) {
            number = number.scaleByPowerOfTen(Integer.parseInt(matcher.group(4)));
        }
        return Optional.of(number.longValue());
    }
}
