package io.promwarden.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a server's answers look as if the server ran in the cluster, at the night's hour: every instant is moved by the
 * same span, in questions and in answers; and this machine's folders, ports and proxy give way to the pod's own. Nothing
 * else is touched.
 *
 * @param back how far answers are moved back in time
 * @param texts what is replaced by what, in this order
 */
record Retouch(Duration back, Map<String, String> texts) {

    private static final Pattern PARAMETER = Pattern.compile("(?<=^|&)(time|start|end)=([^&]+)");
    private static final Pattern WRITTEN =
            Pattern.compile("\"(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d))\"");
    private static final Pattern SAMPLE_TIME = Pattern.compile("(?<=\\[)(\\d{10}(?:\\.\\d+)?)(?=,\")");
    private static final Pattern SAMPLE_VALUE = Pattern.compile("(?<=,\")(\\d{10}(?:\\d{3})?(?:\\.\\d+)?)(?=\"])");
    private static final Pattern TIME_METRIC =
            Pattern.compile("(?m)^([a-z_]*(?:start_time|timestamp|min_time|max_time)[a-z_]*(?:\\{.*})? )(\\S+)$");
    private static final Pattern REFUSED = Pattern.compile(
            "(Get \\\\?\"https?://([^/\\\\\"]+)[^\"]*\": )proxyconnect tcp: dial tcp 127\\.0\\.0\\.1:\\d+:");
    private static final double MILLIS = 1e12;

    /** Go's zero time. */
    private static final String NEVER = "0001-";

    /** A query string or form body, with the night's instants turned into the real ones. */
    String question(String encoded) {
        return PARAMETER.matcher(encoded).replaceAll(match -> match.group(1) + "=" + moved(match.group(2), 1));
    }

    /** An answer's body. */
    String answer(String path, String body) {
        String text = body;
        if (path.endsWith("/metrics")) {
            text = each(TIME_METRIC, text, match -> match.group(1) + metric(match.group(2)));
        } else {
            text = each(WRITTEN, text, match -> "\"" + written(match.group(1)) + "\"");
            text = each(SAMPLE_TIME, text, match -> moved(match.group(1), -1));
            text = each(
                    SAMPLE_VALUE, text, match -> aTime(match.group(1)) ? moved(match.group(1), -1) : match.group(1));
            text = each(REFUSED, text, match -> match.group(1) + "dial tcp " + match.group(2) + ":");
        }
        for (Map.Entry<String, String> replacement : texts.entrySet()) {
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        return text;
    }

    /** What stands for a pod's folder on this machine is where the operator mounts it. */
    static void folders(Map<String, String> texts, Path folder) {
        texts.put(folder + "/rules/", "/etc/prometheus/rules/prometheus-kps-prometheus-rulefiles-0/");
        texts.put(folder + "/data", "/prometheus");
        texts.put(folder.toString(), "/etc/prometheus/config_out");
    }

    private static String each(Pattern pattern, String text, java.util.function.Function<MatchResult, String> change) {
        UnaryOperator<String> quoted = Matcher::quoteReplacement;
        return pattern.matcher(text).replaceAll(match -> quoted.apply(change.apply(match)));
    }

    private String written(String time) {
        if (time.startsWith(NEVER)) {
            return time;
        }
        return OffsetDateTime.parse(time).toInstant().minus(back).toString();
    }

    /** Seconds, or milliseconds where there are thirteen digits; sign 1 is forwards. */
    private String moved(String number, int sign) {
        BigDecimal value = new BigDecimal(number);
        BigDecimal span = new BigDecimal(back.toMillis())
                .divide(new BigDecimal(value.doubleValue() >= MILLIS ? 1 : 1000), 3, RoundingMode.UNNECESSARY);
        return value.add(sign > 0 ? span : span.negate()).stripTrailingZeros().toPlainString();
    }

    private String metric(String value) {
        double number = Double.parseDouble(value);
        if (!aTime(value)) {
            return value;
        }
        return String.valueOf(number - (number >= MILLIS ? (double) back.toMillis() : back.toMillis() / 1000.0));
    }

    /** Within two months of now, a number that may be a time is one. */
    private static boolean aTime(String value) {
        double number = Double.parseDouble(value);
        double seconds = number >= MILLIS ? number / 1000 : number;
        return Math.abs(seconds - Instant.now().getEpochSecond())
                < Duration.ofDays(60).toSeconds();
    }
}
