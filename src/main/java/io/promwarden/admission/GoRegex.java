package io.promwarden.admission;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * Whether Go compiles a regular expression the way Prometheus wraps it: {@code ^(?s:REGEX)$}. re2j is a port of Go's parser;
 * the few points on which they differ by now are settled by {@link GoRegexScan} first.
 */
final class GoRegex {

    private GoRegex() {}

    static Optional<String> problem(String regex) {
        GoRegexScan.Scanned scanned = GoRegexScan.of("^(?s:" + regex + ")$");
        if (scanned.problem().isPresent()) {
            return scanned.problem();
        }
        try {
            Pattern.compile(scanned.equivalent());
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }
}
