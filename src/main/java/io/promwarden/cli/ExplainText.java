package io.promwarden.cli;

import io.promwarden.explain.Chain;
import io.promwarden.explain.Code;
import io.promwarden.explain.Link;
import io.promwarden.explain.PatchFix;
import io.promwarden.wiring.Explained;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chains as a short story: a tick or a cross a line, and how to mend what is broken. */
final class ExplainText {

    private static final int SHOWN = 4;

    private final Terminal terminal;

    ExplainText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Explained explained, boolean everything) {
        for (Chain chain : explained.chains()) {
            if (!everything || chain.broken().isPresent() || !chain.warnings().isEmpty()) {
                chain(chain);
            }
        }
        if (everything) {
            sums(explained.chains());
        }
    }

    private void chain(Chain chain) {
        line(Terminal.safe(chain.monitor().kind().kind() + " "
                + chain.monitor().meta().key()
                + (chain.endpoint().isPresent()
                        ? ", endpoint " + chain.endpoint().getAsInt()
                        : "")
                + chain.prometheus().map(name -> ", for Prometheus " + name).orElse("") + ": " + verdict(chain)));
        for (Link link : chain.links()) {
            link(link);
        }
        chain.warnings().forEach(warning -> line("  ! " + Terminal.safe(warning)));
        chain.elsewhere().forEach(other -> line("    elsewhere: " + Terminal.safe(other)));
        chain.fix().ifPresent(this::fix);
        line("");
    }

    private static String verdict(Chain chain) {
        return switch (chain.scraped()) {
            case TRUE -> "scraped";
            case FALSE -> "not scraped, " + chain.code().map(Code::sentence).orElse("");
            case UNKNOWN -> "nothing is broken as far as can be seen";
        };
    }

    private void link(Link link) {
        String mark = switch (link.outcome()) {
            case OK -> coloured("32", "✓");
            case BROKEN -> coloured("31", "✗");
            case UNKNOWN -> coloured("33", "?");
        };
        List<String> said = link.evidence();
        String code = link.code().map(one -> one.word() + ": ").orElse("");
        line("  " + mark + " " + padded(link.name().word())
                + Terminal.safe(code + (said.isEmpty() ? "" : said.get(0))));
        said.stream().skip(1).limit(SHOWN).forEach(more -> line(" ".repeat(16) + Terminal.safe(more)));
    }

    private void fix(PatchFix fix) {
        line("  fix: " + Terminal.safe(fix.text() + " (" + fix.target().title() + ")"));
        fix.diff().lines().forEach(changed -> line("    " + Terminal.safe(changed)));
    }

    private void sums(List<Chain> chains) {
        Map<String, Integer> codes = new TreeMap<>();
        int scraped = 0;
        int unknown = 0;
        for (Chain chain : chains) {
            switch (chain.scraped()) {
                case TRUE -> scraped++;
                case UNKNOWN -> unknown++;
                case FALSE -> codes.merge(chain.code().map(Code::word).orElse(""), 1, Integer::sum);
            }
        }
        line(chains.size() + " endpoints: " + scraped + " scraped, " + (chains.size() - scraped - unknown)
                + " not scraped, " + unknown + " with nothing broken as far as can be seen");
        codes.forEach((code, count) -> line("  " + count + " " + code));
    }

    private static String padded(String word) {
        return word + " ".repeat(Math.max(1, 12 - word.length()));
    }

    private String coloured(String colour, String mark) {
        return terminal.colour() ? "\u001b[" + colour + "m" + mark + "\u001b[0m" : mark;
    }

    private void line(String text) {
        terminal.out().println(text);
    }
}
