package io.promwarden.explain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sorts the words with which Prometheus says that a scrape failed. */
public final class ScrapeErrors {

    private static final Pattern STATUS = Pattern.compile("server returned http status ([0-9]{3})");

    /** In this order: a longer text may hold several of them. */
    private static final List<Words> TABLE = List.of(
            new Words(Code.SAMPLE_LIMIT, "sample limit exceeded"),
            new Words(Code.BODY_SIZE_LIMIT, "body size limit exceeded"),
            new Words(
                    Code.LABEL_LIMIT,
                    "label_limit exceeded",
                    "label_name_length_limit exceeded",
                    "label_value_length_limit exceeded"),
            new Words(
                    Code.NAME_RESOLUTION,
                    "no such host",
                    "dial tcp: lookup ",
                    "server misbehaving",
                    "temporary failure in name resolution"),
            new Words(
                    Code.TLS_FAILURE,
                    "x509:",
                    "tls:",
                    "tls handshake",
                    "unable to read ca cert",
                    "unable to use specified ca cert",
                    "unable to use specified client cert",
                    "server gave http response to https client",
                    "malformed http response \"\\x15\\x03"),
            new Words(
                    Code.TIMEOUT,
                    "context deadline exceeded",
                    "i/o timeout",
                    "client.timeout exceeded",
                    "operation timed out"),
            new Words(
                    Code.CONNECTION_REFUSED,
                    "connection refused",
                    "no route to host",
                    "network is unreachable",
                    "connection reset by peer",
                    "host is down"),
            new Words(
                    Code.NOT_AN_EXPOSITION,
                    "content-type",
                    "expected value after",
                    "expected a valid start token",
                    "is not a valid start token",
                    "expected label name",
                    "expected equal",
                    "expected text in",
                    "expected next entry",
                    "expected timestamp",
                    "invalid metric type",
                    "invalid utf-8",
                    "unsupported character in",
                    "parsing error",
                    "strconv.parse",
                    "does not end with # eof",
                    "unexpected end of data",
                    "unexpected \"",
                    "got \"invalid\"",
                    "proto:",
                    "gzip:"));

    private record Words(Code code, List<String> words) {
        Words(Code code, String... words) {
            this(code, List.of(words));
        }
    }

    private ScrapeErrors() {}

    /** The code of a target's {@code lastError}; what fits no other is an HTTP error. */
    public static Code code(String error) {
        String said = error.toLowerCase(Locale.ROOT);
        Matcher status = STATUS.matcher(said);
        if (status.find()) {
            return switch (status.group(1)) {
                case "401", "403" -> Code.UNAUTHORIZED;
                case "404" -> Code.PATH_NOT_FOUND;
                default -> Code.HTTP_ERROR;
            };
        }
        for (Words words : TABLE) {
            if (words.words().stream().anyMatch(said::contains)) {
                return words.code();
            }
        }
        return Code.HTTP_ERROR;
    }
}
