package io.promwarden.html;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unbescape.html.HtmlEscape;

/**
 * The part of Markdown that check pages are written in, as HTML: paragraphs, lists, fenced code, and in a line code,
 * emphasis and https links. Everything is escaped first; raw HTML comes out as the text that it is.
 */
final class Markdown {

    private static final Pattern ITEM = Pattern.compile("\\s{0,3}(?:[-*+]|(\\d{1,3})[.)])\\s+(.*)");
    private static final Pattern INLINE = Pattern.compile(
            "`([^`]+)`|\\*\\*(.+?)\\*\\*|(?<![\\w*])[*_](?=\\S)(.+?)(?<=\\S)[*_](?![\\w*])|\\[([^\\]]+)]\\(([^()\\s]+)\\)");
    private static final String FENCE = "```";

    private final List<String> lines;
    private final StringBuilder html = new StringBuilder();
    private int at;

    private Markdown(String text) {
        lines = text.lines().toList();
    }

    static String toHtml(String text) {
        Markdown markdown = new Markdown(text);
        while (markdown.at < markdown.lines.size()) {
            markdown.block();
        }
        return markdown.html.toString();
    }

    private void block() {
        String line = lines.get(at);
        if (line.isBlank()) {
            at++;
        } else if (line.strip().startsWith(FENCE)) {
            fence();
        } else if (line.startsWith("|")) {
            verbatim();
        } else if (ITEM.matcher(line).matches()) {
            list();
        } else {
            paragraph();
        }
    }

    private void fence() {
        List<String> code = new ArrayList<>();
        at++;
        while (at < lines.size() && !lines.get(at).strip().startsWith(FENCE)) {
            code.add(lines.get(at++));
        }
        at++;
        pre(code);
    }

    /** A table stays as it is written: its columns are lined up by hand. */
    private void verbatim() {
        List<String> rows = new ArrayList<>();
        while (at < lines.size() && lines.get(at).startsWith("|")) {
            rows.add(lines.get(at++));
        }
        pre(rows);
    }

    private void pre(List<String> code) {
        html.append("<pre>").append(escape(String.join("\n", code))).append("</pre>");
    }

    private void list() {
        Matcher first = ITEM.matcher(lines.get(at));
        boolean ordered = first.matches() && first.group(1) != null;
        html.append(ordered ? "<ol>" : "<ul>");
        while (at < lines.size()) {
            Matcher item = ITEM.matcher(lines.get(at));
            if (!item.matches()) {
                break;
            }
            at++;
            html.append("<li>").append(inline(item.group(2) + continued(true))).append("</li>");
        }
        html.append(ordered ? "</ol>" : "</ul>");
    }

    private void paragraph() {
        String line = lines.get(at++);
        if (line.startsWith("#")) {
            html.append("<p><strong>")
                    .append(inline(line.replaceFirst("^#+\\s*", "")))
                    .append("</strong></p>");
            return;
        }
        html.append("<p>").append(inline(line + continued(false))).append("</p>");
    }

    /** Further lines of the same paragraph or item. */
    private String continued(boolean indented) {
        StringBuilder more = new StringBuilder();
        while (at < lines.size()) {
            String line = lines.get(at);
            boolean ends = line.isBlank()
                    || line.strip().startsWith(FENCE)
                    || ITEM.matcher(line).matches()
                    || (indented && !line.startsWith(" "));
            if (ends) {
                break;
            }
            more.append(' ').append(line.strip());
            at++;
        }
        return more.toString();
    }

    private static String inline(String text) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = INLINE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            out.append(escape(text.substring(end, matcher.start())));
            end = matcher.end();
            if (matcher.group(1) != null) {
                out.append("<code>").append(escape(matcher.group(1))).append("</code>");
            } else if (matcher.group(2) != null) {
                out.append("<strong>").append(inline(matcher.group(2))).append("</strong>");
            } else if (matcher.group(3) != null) {
                out.append("<em>").append(inline(matcher.group(3))).append("</em>");
            } else {
                link(out, matcher.group(4), matcher.group(5));
            }
        }
        return out.append(escape(text.substring(end))).toString();
    }

    private static void link(StringBuilder out, String words, String target) {
        if (!target.startsWith("https://")) {
            out.append(inline(words));
            return;
        }
        out.append("<a rel=\"noopener noreferrer\" href=\"")
                .append(escape(target))
                .append("\">")
                .append(inline(words))
                .append("</a>");
    }

    private static String escape(String text) {
        return HtmlEscape.escapeHtml4Xml(text);
    }
}
