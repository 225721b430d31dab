package io.promwarden.check;

import io.promwarden.finding.CheckId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A check's page: part of the product, shown in the report. Markdown with always the same headings.
 *
 * @param sections the text below each heading, by heading
 */
public record CheckPage(CheckId check, Map<String, String> sections) {

    /** The headings that every page has, in this order. */
    public static final List<String> HEADINGS =
            List.of("What it looks for", "Why it matters", "Triggers", "Fix", "Settings", "Exempting", "Source");

    public CheckPage {
        sections = Map.copyOf(sections);
        for (String heading : HEADINGS) {
            if (sections.getOrDefault(heading, "").isBlank()) {
                throw new IllegalArgumentException("the page of " + check + " says nothing under '" + heading + "'");
            }
        }
    }

    /**
     * The page of a check, from {@code checks/FAMILY/NAME.md} among the product's resources.
     *
     * @throws IllegalArgumentException if there is none, or it lacks a heading
     */
    public static CheckPage of(CheckId check) {
        String resource = "/checks/" + check + ".md";
        try (InputStream page = CheckPage.class.getResourceAsStream(resource)) {
            if (page == null) {
                throw new IllegalArgumentException("no page " + resource);
            }
            return parse(check, new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CheckPage parse(CheckId check, String markdown) {
        Map<String, String> sections = new LinkedHashMap<>();
        String heading = "";
        StringBuilder text = new StringBuilder();
        boolean code = false;
        for (String line : markdown.lines().toList()) {
            code ^= line.startsWith("```");
            if (!code && line.startsWith("## ")) {
                sections.put(heading, text.toString().strip());
                heading = line.substring(3).strip();
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        sections.put(heading, text.toString().strip());
        return new CheckPage(check, sections);
    }

    public String looksFor() {
        return section("What it looks for");
    }

    public String why() {
        return section("Why it matters");
    }

    public String fix() {
        return section("Fix");
    }

    private String section(String heading) {
        return sections.getOrDefault(heading, "");
    }
}
