package io.promwarden.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelabelingTest {

    /** Each row: labels, a rule as {@code key: value, ...}, and what is left; {@code dropped} where nothing is. */
    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '\0', textBlock = """
            # replace
            a=x,b=y   ¦ source: a b, target: c                                ¦ a=x,b=y,c=x;y
            a=x,b=y   ¦ source: a b, separator: , target: c                   ¦ a=x,b=y,c=xy
            a=x,b=y   ¦ source: a b, separator: ::, target: c                 ¦ a=x,b=y,c=x::y
            a=x       ¦ source: none, target: c                               ¦ a=x
            a=x       ¦ source: none, target: c, replacement: fixed           ¦ a=x,c=fixed
            a=x       ¦ target: c, replacement: fixed                         ¦ a=x,c=fixed
            a=x       ¦ source: a, target: a, replacement:                    ¦
            a=x       ¦ source: a, regex: y, target: c                        ¦ a=x
            a=xy      ¦ source: a, regex: x, target: c                        ¦ a=xy
            a=foobar  ¦ source: a, regex: (foo)(bar), target: c, replacement: $2-${1} ¦ a=foobar,c=bar-foo
            a=foobar  ¦ source: a, regex: (?P<one>foo).*, target: c, replacement: ${one}_$one_$one ¦ a=foobar,c=foo_foo
            a=foobar  ¦ source: a, regex: (foo).*, target: c, replacement: $1x${1}x ¦ a=foobar,c=foox
            a=foo     ¦ source: a, target: c, replacement: $$1 $ ${ ${} $-$   ¦ a=foo,c=$1 $ ${ ${} $-$
            a=foo     ¦ source: a, regex: (f)(x)?.*, target: c, replacement: <$0$1$2$3$01> ¦ a=foo,c=<foof>
            a=foo     ¦ source: a, target: ${1}_x, replacement: y             ¦ a=foo,foo_x=y
            a=1       ¦ source: a, target: $1, replacement: y                 ¦ a=1
            a=foo     ¦ source: a, target: $2, replacement: y                 ¦ a=foo
            a=foo     ¦ source: a, regex: a)|(o, target: c, replacement: [$1] ¦ a=foo,c=[o]
            # keep and drop
            a=x       ¦ action: keep, source: a, regex: x|y                   ¦ a=x
            a=xx      ¦ action: keep, source: a, regex: x|y                   ¦ dropped
            a=x       ¦ action: keep, source: none, regex: .+                 ¦ dropped
            a=x       ¦ action: keep                                          ¦ a=x
            a=x       ¦ action: drop                                          ¦ dropped
            a=x       ¦ action: DROP, source: a, regex: X                     ¦ a=x
            a=x       ¦ action: Drop, source: a, regex: (?i)X                 ¦ dropped
            a=x,b=x   ¦ action: keepequal, source: a, target: b               ¦ a=x,b=x
            a=x,b=y   ¦ action: keepequal, source: a, target: b               ¦ dropped
            a=x,b=x   ¦ action: dropequal, source: a, target: b               ¦ dropped
            a=x       ¦ action: dropequal, source: a, target: b               ¦ a=x
            a=x       ¦ action: dropequal, source: c, target: b               ¦ dropped
            # the others
            a=foo     ¦ action: hashmod, source: a, target: c, modulus: 1000  ¦ a=foo,c=696
            a=foo     ¦ action: hashmod, source: none, target: c, modulus: 7  ¦ a=foo,c=1
            a=Fo,b=É  ¦ action: lowercase, source: a b, target: c             ¦ a=Fo,b=É,c=fo;é
            a=straße  ¦ action: uppercase, source: a, target: c               ¦ a=straße,c=STRAßE
            a=ΣΑΣ     ¦ action: lowercase, source: a, target: c               ¦ a=ΣΑΣ,c=σασ
            a=İI      ¦ action: lowercase, source: a, target: a               ¦ a=ii
            a=x       ¦ action: lowercase, source: none, target: a            ¦
            m_a=1,m_b=2,c=3 ¦ action: labelmap, regex: m_(.+)                 ¦ a=1,b=2,c=3,m_a=1,m_b=2
            m_a=1,m_b=2 ¦ action: labelmap, regex: m_(.+), replacement: x     ¦ m_a=1,m_b=2,x=2
            a=1,b=2   ¦ action: labelmap, regex: (a|b), replacement: b        ¦ a=1,b=2
            xax=1     ¦ action: labelmap, regex: x)|(a, replacement: y        ¦ xax=1,yax=1
            a=1,b=2   ¦ action: labeldrop, regex: a|c                         ¦ b=2
            a=1,b=2   ¦ action: labelkeep, regex: a|c                         ¦ a=1
            ab=1      ¦ action: labeldrop, regex: a                           ¦ ab=1
            """)
    void a_rule_does_what_prometheus_does(String labels, String rule, String expected) {
        Relabeled result = new Relabeling(List.of(rule(rule)), NameScheme.LEGACY).apply(labels(labels));

        if ("dropped".equals(expected)) {
            assertThat(result).isEqualTo(new Relabeled.Dropped(0, labels(labels)));
        } else {
            assertThat(result).isEqualTo(new Relabeled.Kept(labels(expected == null ? "" : expected)));
        }
    }

    @Test
    void the_rule_that_drops_is_named_with_the_labels_that_it_saw() {
        Relabeling relabeling = new Relabeling(
                List.of(
                        rule("source: a, target: b"),
                        rule("action: drop, source: b, regex: y"),
                        rule("action: keep, source: b, regex: y"),
                        rule("action: drop")),
                NameScheme.UTF8);

        assertThat(relabeling.apply(labels("a=x"))).isEqualTo(new Relabeled.Dropped(2, labels("a=x,b=x")));
        assertThat(relabeling.apply(labels("a=y"))).isEqualTo(new Relabeled.Dropped(1, labels("a=y,b=y")));
    }

    @Test
    void a_rule_list_without_rules_keeps_everything() {
        assertThat(new Relabeling(List.of(), NameScheme.UTF8).apply(labels("a=x")))
                .isEqualTo(new Relabeled.Kept(labels("a=x")));
    }

    @Test
    void the_major_version_decides_over_names_and_line_breaks() {
        RelabelRule dotted = rule("source: a, target: ${1}, replacement: y");
        Labels name = labels("a=b.c");
        assertThat(new Relabeling(List.of(dotted), NameScheme.LEGACY).apply(name))
                .isEqualTo(new Relabeled.Kept(name));
        assertThat(new Relabeling(List.of(dotted), NameScheme.UTF8).apply(name))
                .isEqualTo(new Relabeled.Kept(labels("a=b.c,b.c=y")));

        RelabelRule drop = rule("action: drop, source: a, regex: .*");
        Labels lines = Labels.of(Map.of("a", "one\ntwo"));
        assertThat(new Relabeling(List.of(drop), NameScheme.LEGACY).apply(lines))
                .isEqualTo(new Relabeled.Kept(lines));
        assertThat(new Relabeling(List.of(drop), NameScheme.UTF8).apply(lines))
                .isEqualTo(new Relabeled.Dropped(0, lines));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', quoteCharacter = '\0', textBlock = """
            action: explode, source: a                             ¦ unknown relabel action explode
            action: hashmod, source: a, target: b                  ¦ hashmod needs a modulus other than 0
            source: a                                              ¦ replace needs a target label
            action: keepequal, source: a                           ¦ keepequal needs a target label
            action: keepequal, source: a, target: b, regex: (.*)   ¦ keepequal takes source labels and a target label, and nothing else
            action: dropequal, source: a, target: b, separator: ,  ¦ dropequal takes source labels and a target label, and nothing else
            action: lowercase, source: a, target: b, replacement: x ¦ lowercase takes no replacement
            action: labelmap, regex: a, replacement:               ¦ labelmap needs a replacement that isn't empty
            action: labeldrop, source: a, regex: a                 ¦ labeldrop takes a regular expression, and nothing else
            action: labelkeep, target: a, regex: a                 ¦ labelkeep takes a regular expression, and nothing else
            action: keep, regex: (?=a)b                            ¦ the regular expression (?=a)b is not valid: invalid or unsupported Perl syntax
            action: keep, regex: a(                                ¦ the regular expression a( is not valid: missing closing )
            action: keep, regex: a{1001}                           ¦ the regular expression repeats repeats too often
            action: keep, regex: ((a{50}){50}){50}                 ¦ the regular expression repeats repeats too often
            """)
    void what_prometheus_refuses_is_unknown_with_the_reason(String rule, String reason) {
        assertThat(read(rule).reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            value = {
                "[](({a]x",
                "\\((((x",
                "[[:alpha:](]{2}x",
                "a{1000}",
                "(a{10}){100}",
                "a{,5}",
                "(?:a|b{3})*?",
                "a)|(b"
            })
    void the_size_of_an_expression_is_read_past_classes_and_escapes(String regex) {
        assertThat(RegexSize.refusal(regex)).isEmpty();
    }

    @Test
    void an_expression_that_would_keep_us_busy_is_refused_before_it_is_compiled() {
        assertThat(RelabelRegex.of("(".repeat(2000) + ")".repeat(2000)).reason())
                .contains("the regular expression nests too deeply");
        assertThat(RelabelRegex.of("(x|)".repeat(5000)).reason())
                .contains("the regular expression is too large to be judged");
        assertThat(RelabelRegex.of("((a|b){30}(c|d){30}){30}").reason())
                .contains("the regular expression is too large to be judged");
        assertThat(RelabelRegex.of("name_of_a_metric|".repeat(1500) + "x").reason())
                .isEmpty();
    }

    private static RelabelRule rule(String text) {
        Answer<RelabelRule> answer = read(text);
        return answer.value()
                .orElseThrow(() -> new AssertionError(answer.reason().orElse("")));
    }

    private static Answer<RelabelRule> read(String text) {
        Map<String, String> fields = Arrays.stream(
                        text.split(", (?=(?:action|source|separator|regex|target|modulus|replacement):)", -1))
                .map(field -> field.split(":", 2))
                .collect(Collectors.toMap(field -> field[0], field -> field[1].strip()));
        return RelabelRule.of(
                fields.getOrDefault("action", ""),
                List.of(fields.getOrDefault("source", "").split(" ")).stream()
                        .filter(name -> !name.isEmpty())
                        .toList(),
                Optional.ofNullable(fields.get("separator")),
                Optional.ofNullable(fields.get("regex")),
                fields.getOrDefault("target", ""),
                Long.parseLong(fields.getOrDefault("modulus", "0")),
                Optional.ofNullable(fields.get("replacement")));
    }

    private static Labels labels(String text) {
        return Labels.of(Arrays.stream(text.split(","))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }
}
