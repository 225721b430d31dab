package io.promwarden.admission;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' durations, and the one rule about them: a scrape must not time out after the next one is due. */
final class ScrapeTime {

    private static final Pattern GRAMMAR = Pattern.compile(
            "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");

    /** Milliseconds of a year, a week, a day, an hour, a minute, a second and a millisecond. */
    private static final long[] UNITS = {31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1};

    /** What fits into Go's nanoseconds: about 292 years. */
    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE / 1_000_000);

    private ScrapeTime() {}

    /** Milliseconds; empty if it is no duration or a longer one than Go can hold. */
    static Optional<Long> millis(String text) {
        if (text.equals("0")) {
            return Optional.of(0L);
        }
        Matcher matcher = GRAMMAR.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        BigInteger total = BigInteger.ZERO;
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (matcher.group(unit + 1) != null) {
                total = total.add(new BigInteger(matcher.group(unit + 1)).multiply(BigInteger.valueOf(UNITS[unit])));
            }
        }
        return total.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(total.longValueExact());
    }

    /** The rule for a monitor, an endpoint or a scrape config; without a timeout of its own nothing is compared. */
    static Optional<Reason> problem(Part owner, String intervalField, Judging judging) {
        String own = owner.text(intervalField);
        String interval = own.isEmpty() ? globalInterval(judging.prometheus().raw()) : own;
        return problem(interval, owner.text("scrapeTimeout"), "TIMEOUT", owner.at("scrapeTimeout"));
    }

    /** The interval of a Prometheus; where it is missing, the schema's default. */
    static String globalInterval(io.promwarden.inventory.RawObject prometheus) {
        return prometheus.text("spec", "scrapeInterval").orElse("30s");
    }

    static Optional<Reason> problem(String interval, String timeout, String code, String path) {
        if (timeout.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> every = millis(interval);
        Optional<Long> patience = millis(timeout);
        if (every.isEmpty() || patience.isEmpty()) {
            return Optional.of(new Reason(
                    code,
                    path,
                    "\"" + (every.isEmpty() ? interval : timeout)
                            + "\" is no duration of Prometheus; write it like 1m30s."));
        }
        return patience.get() <= every.get()
                ? Optional.empty()
                : Optional.of(new Reason(
                        code,
                        path,
                        "the timeout " + timeout + " is longer than the interval " + interval
                                + "; shorten it or scrape less often."));
    }
}
