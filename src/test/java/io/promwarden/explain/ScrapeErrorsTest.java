package io.promwarden.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeErrorsTest {

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Get "http://10.0.0.7:8080/metrics": dial tcp 10.0.0.7:8080: connect: connection refused | connection-refused
            Get "http://10.0.0.7:8080/metrics": dial tcp 10.0.0.7:8080: connect: no route to host | connection-refused
            Get "http://10.0.0.7:8080/metrics": read tcp 10.0.0.1:40000->10.0.0.7:8080: read: connection reset by peer | connection-refused
            Get "http://10.0.0.7:8080/metrics": context deadline exceeded | timeout
            Get "http://10.0.0.7:8080/metrics": dial tcp 10.0.0.7:8080: i/o timeout | timeout
            context deadline exceeded | timeout
            Get "http://10.0.0.7:8080/metrics": context deadline exceeded (Client.Timeout exceeded while awaiting headers) | timeout
            Get "http://cart.example:80/metrics": dial tcp: lookup cart.example on 10.96.0.10:53: no such host | name-resolution
            Get "http://cart.example:80/metrics": dial tcp: lookup cart.example: Temporary failure in name resolution | name-resolution
            Get "http://cart.example:80/metrics": dial tcp: lookup cart.example on 10.96.0.10:53: server misbehaving | name-resolution
            Get "http://cart.example:80/metrics": dial tcp: lookup cart.example on 10.96.0.10:53: read udp 10.0.0.1:4->10.96.0.10:53: i/o timeout | name-resolution
            Get "https://10.0.0.7:8443/metrics": x509: certificate signed by unknown authority | tls-failure
            Get "https://10.0.0.7:8443/metrics": tls: failed to verify certificate: x509: certificate has expired or is not yet valid | tls-failure
            Get "https://10.0.0.7:8443/metrics": remote error: tls: handshake failure | tls-failure
            Get "https://10.0.0.7:8443/metrics": remote error: tls: bad certificate | tls-failure
            Get "https://10.0.0.7:8443/metrics": http: server gave HTTP response to HTTPS client | tls-failure
            Get "https://10.0.0.7:8443/metrics": net/http: TLS handshake timeout | tls-failure
            Get "http://10.0.0.7:8443/metrics": net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x15\\x03\\x01\\x00\\x02\\x02" | tls-failure
            unable to read CA cert /etc/prometheus/ca.crt: open /etc/prometheus/ca.crt: no such file or directory | tls-failure
            server returned HTTP status 401 Unauthorized | unauthorized
            server returned HTTP status 403 Forbidden | unauthorized
            server returned HTTP status 404 Not Found | path-not-found
            server returned HTTP status 400 Bad Request | http-error
            server returned HTTP status 500 Internal Server Error | http-error
            server returned HTTP status 503 Service Unavailable | http-error
            sample limit exceeded | sample-limit
            body size limit exceeded | body-size-limit
            label_limit exceeded (metric: http_requests_total, number of labels: 12, limit: 10) | label-limit
            label_name_length_limit exceeded (metric: a, label name: {__name__="a"}, length: 30, limit: 20) | label-limit
            label_value_length_limit exceeded (metric: a, label name: le, value: "x", length: 30, limit: 20) | label-limit
            "INVALID" is not a valid start token | not-an-exposition
            expected a valid start token, got "<" ("INVALID") while parsing: "<" | not-an-exposition
            expected value after metric, got "\\n" ("LINEBREAK") while parsing: "ok\\n" | not-an-exposition
            expected label name, got "BCLOSE" | not-an-exposition
            expected equal, got "INVALID" | not-an-exposition
            strconv.ParseFloat: parsing "abc": invalid syntax while parsing: "a abc" | not-an-exposition
            received unsupported Content-Type "text/html; charset=utf-8" and no fallback_scrape_protocol specified for target | not-an-exposition
            non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target | not-an-exposition
            data does not end with # EOF | not-an-exposition
            invalid UTF-8 label value | not-an-exposition
            unexpected end of data, got "EOF" | not-an-exposition
            proto: illegal wireType 7 | not-an-exposition
            gzip: invalid header | not-an-exposition
            """)
    void a_text_of_prometheus_2_or_3_has_its_code(String error, String code) {
        assertThat(ScrapeErrors.code(error).word()).isEqualTo(code);
    }
}
