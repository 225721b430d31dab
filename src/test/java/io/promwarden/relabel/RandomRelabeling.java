package io.promwarden.relabel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Rules and labels that meet often: few names and values, and expressions made of what is in them. */
final class RandomRelabeling {

    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "app",
            "team_x",
            "__tmp_1",
            "__tmp_kept",
            "__param_q",
            "__meta_x",
            "__meta_kubernetes_pod_label_app");
    private static final List<String> SOURCES =
            List.of("a", "b", "app", "team_x", "__tmp_1", "__tmp_kept", "__param_q", "__meta_x", "job", "never", "c");
    private static final List<String> VALUES = List.of(
            "",
            "a",
            "b",
            "foo",
            "foo-bar",
            "foo_bar",
            "Foo.Bar",
            "1",
            "42",
            "é",
            "ÉÀß",
            "ΣΑΣ",
            "İıǅ",
            "日本",
            "😀x",
            "a;b",
            "a\nb",
            "x$1y",
            " ",
            "9lives",
            "true",
            "aaaa",
            "\\d",
            "127.0.0.1:9100");
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            ".",
            "o+",
            "(a|b)",
            "(f)(o*)",
            "[a-z]*",
            "(?:x|y)?",
            "(.*)",
            "(.+?)",
            "\\w+",
            "\\d*",
            "é?",
            "[^;]*",
            ";",
            "(?i:FOO)",
            "()",
            "(a*)*",
            "_",
            "\\pL+",
            "(\\.)?",
            "(?P<x>[a-z]+)",
            "[[:alpha:]]",
            "(?:ab?){0,2}");
    private static final List<String> EXPRESSIONS = List.of(
            "",
            ".*",
            ".+",
            "(.*)",
            "a|b",
            "foo(-|_)(bar)?",
            "(?P<x>[a-z]+)(?P<y1>.*)",
            "((f)(o+))?.*",
            "(?i)FOO.*",
            "()",
            "a)|(b",
            "([a-z])|([0-9])",
            "(?s).*",
            "(?m)^a$",
            "__tmp_(.+)",
            "__(.+)_(.+)",
            "__meta_(?:.*_)?(.+)",
            "(.+)_(.+)",
            "(.*);(.*)",
            "(.)(.)?(.)?.*",
            "\\x{65E5}.*",
            "(?U)a+.*",
            "[^\\x00-\\x7F]+",
            "\\S+",
            "(?P<x>a)|(?P<y1>b)|(.*)",
            "(a|b|app|team_x|job|__.*)",
            "x*",
            "(\\d+)lives|(.*)");
    private static final List<String> TEMPLATES = List.of(
            "$1",
            "${1}",
            "$2",
            "$2-$1",
            "$x",
            "${x}_$y1",
            "$1x",
            "${1}x",
            "$$",
            "$",
            "${",
            "${}",
            "$0",
            "x$",
            "fixed",
            "",
            "$10",
            "${01}",
            "$1$2$3",
            "é$1",
            "$é",
            "-$-",
            "${x",
            "$x_",
            "a${1}b$$$1",
            "${x}${y1}",
            "$1;$2",
            "日$x本");
    /** What Prometheus 2 lets pass as a target with groups, and as labelmap's replacement. */
    private static final List<String> TARGETS = List.of(
            "a",
            "b",
            "c",
            "new_label",
            "__tmp_2",
            "__param_q",
            "job",
            "$1",
            "${1}",
            "pre_$1",
            "${x}",
            "${1}_after",
            "$x$1",
            "$2$1",
            "${3}x",
            "_$0");

    private final Random random;

    RandomRelabeling(long seed) {
        this.random = new Random(seed);
    }

    List<WrittenRule> rules() {
        List<WrittenRule> rules = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            rules.add(rule());
        }
        return rules;
    }

    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                labels.put(name, one(VALUES));
            }
        }
        return labels;
    }

    private WrittenRule rule() {
        int dice = random.nextInt(100);
        if (dice < 45) {
            String target = one(TARGETS);
            // Where the target has a group and the result is empty, versions differ: such results don't come up.
            Optional<String> replacement =
                    target.contains("$") ? Optional.of(one(TEMPLATES) + "!") : maybe(one(TEMPLATES));
            return new WrittenRule(
                    spelled(one(List.of("", "replace"))),
                    sources(),
                    maybe(separator()),
                    maybe(regex()),
                    target,
                    0,
                    replacement);
        }
        if (dice < 55) {
            return plain(one(List.of("keep", "drop")), sources(), maybe(separator()), Optional.of(regex()), "", 0);
        }
        if (dice < 61) {
            return plain(
                    one(List.of("keepequal", "dropequal")), sources(), Optional.empty(), Optional.empty(), name(), 0);
        }
        if (dice < 69) {
            long modulus = one(List.of(1L, 2L, 7L, 1000L, (1L << 53) + 1, Long.MAX_VALUE));
            return plain("hashmod", sources(), maybe(separator()), maybe(regex()), name(), modulus);
        }
        if (dice < 79) {
            return plain(
                    one(List.of("lowercase", "uppercase")), sources(), maybe(separator()), maybe(regex()), name(), 0);
        }
        if (dice < 90) {
            return new WrittenRule(
                    spelled("labelmap"), List.of(), Optional.empty(), maybe(regex()), "", 0, maybe(one(TARGETS)));
        }
        String regex = random.nextBoolean() ? one(EXPRESSIONS) : one(NAMES) + "|__.*|" + one(NAMES) + "|job";
        return plain(one(List.of("labeldrop", "labelkeep")), List.of(), Optional.empty(), Optional.of(regex), "", 0);
    }

    private WrittenRule plain(
            String action,
            List<String> sources,
            Optional<String> separator,
            Optional<String> regex,
            String target,
            long modulus) {
        return new WrittenRule(spelled(action), sources, separator, regex, target, modulus, Optional.empty());
    }

    private String spelled(String action) {
        return random.nextInt(10) == 0 ? action.toUpperCase(java.util.Locale.ROOT) : action;
    }

    private List<String> sources() {
        List<String> sources = new ArrayList<>();
        int count = one(List.of(0, 1, 1, 1, 1, 2, 2, 3));
        for (int i = 0; i < count; i++) {
            sources.add(one(SOURCES));
        }
        return sources;
    }

    private String separator() {
        return one(List.of("", ";", "-", "::", "é"));
    }

    private String name() {
        return one(List.of("a", "b", "c", "new_label", "__tmp_2", "team_x"));
    }

    /** One of those that people write, or pieces put together; a group's name is there once at most. */
    private String regex() {
        if (random.nextInt(3) > 0) {
            return one(EXPRESSIONS);
        }
        StringBuilder regex = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String piece = one(PIECES);
            if (!piece.contains("?P<") || regex.indexOf("?P<") < 0) {
                regex.append(piece);
                if (random.nextInt(6) == 0 && i + 1 < count) {
                    regex.append('|');
                }
            }
        }
        return regex.toString();
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
