package io.promwarden.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.label.Matcher.Op;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesSelectorTest {

    @Test
    void a_name_and_braces_are_one_list_of_matchers() {
        assertThat(selector("http_requests_total{job=\"api\", code=~'5..',path!=`/x\\d`, pod !~ \"a|b\" ,}")
                        .matchers())
                .containsExactly(
                        new Matcher("__name__", Op.EQUAL, "http_requests_total"),
                        new Matcher("code", Op.REGEX, "5.."),
                        new Matcher("job", Op.EQUAL, "api"),
                        new Matcher("path", Op.NOT_EQUAL, "/x\\d"),
                        new Matcher("pod", Op.NOT_REGEX, "a|b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "up;up",
                " up {} ;up",
                "job:rate:5m;job:rate:5m",
                "{__name__=\"up\"};up",
                "{__name__=\"sum\"};{__name__=\"sum\"}",
                "Inf;{__name__=\"Inf\"}",
                "{__name__=~\"a.*\",__name__!=\"ab\"};{__name__!=\"ab\",__name__=~\"a.*\"}",
                "{};{}",
                "a{b='c\"d'};a{b=\"c\\\"d\"}",
                "a{x='1',b='2',x='1'};a{b=\"2\",x=\"1\"}",
                "a{path='/a+b c'};a{path=\"/a+b c\"}",
            })
    void the_canonical_text_is_the_same_for_the_same_matchers(String written, String canonical) {
        assertThat(selector(written).text()).isEqualTo(canonical);
        assertThat(selector(canonical)).isEqualTo(selector(written));
    }

    @Test
    void escapes_are_those_of_promql() {
        assertThat(value("\"\\\\ \\\" \\n \\t \\x41 \\101 \\u00e9 \\U0001F600\""))
                .isEqualTo("\\ \" \n \t A A é 😀");
        assertThat(value("'it\\'s \"so\"'")).isEqualTo("it's \"so\"");
        assertThat(value("`raw \\n \" '`")).isEqualTo("raw \\n \" '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "a\"b", "a\nb\r\t", "\u0001\u007f", "é😀", "}\",x=~\".*"})
    void what_is_quoted_is_read_back(String hostile) {
        Matcher matcher = new Matcher("job", Op.EQUAL, hostile);
        assertThat(selector("m{" + matcher.text() + "}").on("job")).containsExactly(matcher);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "~~;0;name or an opening brace",
                "a{;2;label's name is expected, but the text ends",
                "a{b;3;= != =~ !~",
                "a{b=;4;quoted value is expected, but the text ends",
                "a{b=c};4;quoted value is expected, not 'c'",
                "a{b==\"c\"};4;quoted value is expected, not '='",
                "a{b=\"c;6;closing \" is missing",
                "a{b=\"c\" d=\"e\"};8;comma or the closing brace",
                "a{b=\"c\";7;comma or the closing brace is expected, but the text ends",
                "a{,};2;label's name",
                "a{\"b\"=\"c\"};2;quoted names are not supported",
                "a{__name__=\"b\"};2;given twice",
                "a{b=\"\\q\"};5;no escape of PromQL",
                "a{b=\"\\xff\"};5;half a character",
                "a{b=\"\\ud800\"};5;no such character",
                "a[5m];1;range is not allowed",
                "a offset 5m;2;offset and @",
                "a @ 12;2;offset and @",
                "a # b;2;comment",
                "a or b;2;exactly one vector selector",
                "sum(a);3;exactly one vector selector",
                "a b{};2;exactly one vector selector",
                "5a;0;name or an opening brace",
                "a{5b=\"c\"};2;label's name",
                "-a;0;name or an opening brace",
            })
    void what_is_no_single_selector_is_refused_where_it_goes_wrong(String text, int position, String problem) {
        assertThat(SeriesSelector.parse(text)).isInstanceOfSatisfying(ParsedSelector.Malformed.class, malformed -> {
            assertThat(malformed.problem()).contains(problem);
            assertThat(malformed.position()).isEqualTo(position);
            assertThat(malformed.text()).startsWith("character " + (position + 1) + ": ");
        });
    }

    @Test
    void a_line_break_inside_quotes_is_refused() {
        assertThat(SeriesSelector.parse("a{b=\"c\nd\"}")).isInstanceOf(ParsedSelector.Malformed.class);
        assertThat(value("`c\nd`")).isEqualTo("c\nd");
    }

    @Test
    void the_selector_for_one_metric_keeps_the_other_matchers() {
        assertThat(selector("{__name__=~\"a.*\",job=\"x\"}").forMetric("ab").text())
                .isEqualTo("ab{job=\"x\"}");
        assertThat(selector("a").forMetric("my.metric").text()).isEqualTo("{__name__=\"my.metric\"}");
        assertThat(selector("{job=\"x\"}").metric()).isEmpty();
        assertThat(selector("a{job=\"x\"}").metric()).contains("a");
    }

    private static String value(String literal) {
        List<Matcher> on = selector("m{l=" + literal + "}").on("l");
        return on.getFirst().value();
    }

    private static SeriesSelector selector(String text) {
        assertThat(SeriesSelector.parse(text)).isInstanceOf(ParsedSelector.Selected.class);
        return ((ParsedSelector.Selected) SeriesSelector.parse(text)).selector();
    }
}
