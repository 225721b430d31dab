package io.promwarden.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void paragraphs_lists_and_code_become_what_they_are() {
        assertThat(Markdown.toHtml("""
                First line
                goes on.

                - one
                  goes on
                - **two** with `code`

                1. first
                2. *second*

                ```yaml
                a: <b>

                - c
                ```
                ### More
                | a | b |
                """))
                .isEqualTo("<p>First line goes on.</p><ul><li>one goes on</li><li><strong>two</strong> with"
                        + " <code>code</code></li></ul><ol><li>first</li><li><em>second</em></li></ol>"
                        + "<pre>a: &lt;b&gt;\n\n- c</pre><p><strong>More</strong></p><pre>| a | b |</pre>");
    }

    @Test
    void names_with_underscores_and_stars_are_not_emphasis() {
        assertThat(Markdown.toHtml("prometheus_tsdb_head_series and a*b*c and `x*y*z`"))
                .isEqualTo("<p>prometheus_tsdb_head_series and a*b*c and <code>x*y*z</code></p>");
    }

    @Test
    void raw_html_and_links_that_are_not_https_stay_text() {
        assertThat(Markdown.toHtml("<script>x</script> [a](javascript:alert) [b](https://example.org/\"x)"))
                .isEqualTo("<p>&lt;script&gt;x&lt;/script&gt; a <a rel=\"noopener noreferrer\""
                        + " href=\"https://example.org/&quot;x\">b</a></p>");
    }

    @Test
    void what_is_never_closed_ends_with_the_text() {
        assertThat(Markdown.toHtml("```\na")).isEqualTo("<pre>a</pre>");
        assertThat(Markdown.toHtml("**a `b [c](d")).isEqualTo("<p>**a `b [c](d</p>");
        assertThat(Markdown.toHtml("- ")).isEqualTo("<ul><li></li></ul>");
    }
}
