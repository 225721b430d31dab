package io.promwarden.explain;

import io.promwarden.inventory.Monitor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One endpoint of a monitor, as the Prometheus sees it that gets furthest with it.
 *
 * @param endpoint counted from 0; empty for an object without any
 * @param prometheus its title; empty where none selects the object
 * @param links in order, up to the first broken one
 * @param elsewhere where the chain ends for other Prometheus objects that select it, a sentence each
 * @param matched what its selector matches
 * @param warnings about a chain that holds
 * @param fix what mends the broken link, where a patch does
 */
public record Chain(
        Monitor monitor,
        OptionalInt endpoint,
        Optional<String> prometheus,
        List<Link> links,
        List<String> elsewhere,
        List<Matched> matched,
        List<String> warnings,
        Optional<PatchFix> fix) {

    /** Something that a monitor's selector matches: a Service, a pod, or the workload whose pods it will match. */
    public record Matched(String kind, String namespace, String name) {

        /** E.g. {@code Service shop/cart}. */
        public String text() {
            return kind + " " + namespace + "/" + name;
        }
    }

    /** Whether samples arrive; UNKNOWN if no link is broken and one could not be looked at. */
    public enum Scraped {
        TRUE,
        FALSE,
        UNKNOWN
    }

    public Chain {
        links = List.copyOf(links);
        elsewhere = List.copyOf(elsewhere);
        matched = List.copyOf(matched);
        warnings = List.copyOf(warnings);
    }

    public Optional<Link> broken() {
        return links.isEmpty() || !links.get(links.size() - 1).isBroken()
                ? Optional.empty()
                : Optional.of(links.get(links.size() - 1));
    }

    /** Why it is not scraped; empty when nothing is broken. */
    public Optional<Code> code() {
        return broken().flatMap(Link::code);
    }

    public Scraped scraped() {
        if (broken().isPresent()) {
            return Scraped.FALSE;
        }
        return links.stream().anyMatch(link -> link.outcome() == Link.Outcome.UNKNOWN) ? Scraped.UNKNOWN : Scraped.TRUE;
    }

    Chain with(Optional<PatchFix> mending) {
        return new Chain(monitor, endpoint, prometheus, links, elsewhere, matched, warnings, mending);
    }
}
