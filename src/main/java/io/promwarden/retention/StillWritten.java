package io.promwarden.retention;

import java.util.List;
import java.util.Optional;

/**
 * What still writes the series of a deletion: they come back.
 *
 * @param scrapers what is scraped into them now, the most series first
 * @param rules recording rules that write them
 * @param unknown why it could not be looked at, or not at all of it; empty when it was
 */
public record StillWritten(List<Scraper> scrapers, List<RuleName> rules, Optional<String> unknown) {

    /**
     * Series with a sample of the last minutes that have one job.
     *
     * @param pool the scrape pool, e.g. {@code serviceMonitor/shop/cart/0}; empty where no target of this server has the
     *     series' job and instance
     */
    public record Scraper(String pool, String job, long series) {}

    /** A rule by its group; {@code file} as the server knows it. */
    public record RuleName(String file, String group, String rule) {}

    public StillWritten {
        scrapers = List.copyOf(scrapers);
        rules = List.copyOf(rules);
    }

    static StillWritten unknown(String why) {
        return new StillWritten(List.of(), List.of(), Optional.of(why));
    }

    /** True if it was looked at and nothing was found. */
    public boolean nothing() {
        return unknown.isEmpty() && scrapers.isEmpty() && rules.isEmpty();
    }
}
