package io.promwarden.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void an_escape_sequence_is_shown_and_not_obeyed() {
        assertThat(VisibleText.line("red\033[31m\007", 80)).isEqualTo("red␛[31m␇");
    }

    @Test
    void what_turns_the_reading_direction_is_named() {
        assertThat(VisibleText.line("cart\u202Egnp.exe", 80)).isEqualTo("cart⟨U+202E⟩gnp.exe");
        assertThat(VisibleText.line("a\u200Bb\u2028c\u0085d", 80)).isEqualTo("a⟨U+200B⟩b⟨U+2028⟩c⟨U+0085⟩d");
    }

    @Test
    void ordinary_text_of_any_script_stays() {
        String text = "購物車 עגלה корзина 🛒 café";

        assertThat(VisibleText.line(text, 80)).isEqualTo(text);
    }

    @Test
    void a_line_stays_one_line_and_a_block_keeps_its_lines() {
        assertThat(VisibleText.line("a\nb\tc\r\n", 80)).isEqualTo("a⏎b c␍⏎");
        assertThat(VisibleText.block("a\n\tb\r\nc", 80)).isEqualTo("a\n\tb\nc");
    }

    @Test
    void a_long_text_is_cut_between_characters_and_says_so() {
        assertThat(VisibleText.line("🛒".repeat(40_000), 3)).isEqualTo("🛒🛒🛒… [shortened, 80,000 characters]");
        assertThat(VisibleText.line("abc", 3)).isEqualTo("abc");
    }

    @Test
    void half_a_character_is_replaced() {
        assertThat(VisibleText.line("a\uD83Db", 80)).isEqualTo("a\uFFFDb");
    }
}
