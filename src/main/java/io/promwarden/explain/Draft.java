package io.promwarden.explain;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chain of one endpoint for one Prometheus, while it is judged. */
final class Draft {

    private static final List<LinkName> LINKS = List.of(LinkName.values());
    private static final List<Code> CODES = List.of(Code.values());

    private final Monitor monitor;
    private final PrometheusObject prometheus;
    private final List<Link> links = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private List<Chain.Matched> matched = List.of();

    Draft(Monitor monitor, PrometheusObject prometheus) {
        this.monitor = monitor;
        this.prometheus = prometheus;
    }

    Monitor monitor() {
        return monitor;
    }

    PrometheusObject prometheus() {
        return prometheus;
    }

    void add(Link link) {
        links.add(link);
    }

    void matched(List<Chain.Matched> objects) {
        matched = objects;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<String> warnings() {
        return warnings;
    }

    List<Chain.Matched> matched() {
        return matched;
    }

    List<Link> links() {
        return links;
    }

    boolean isBroken() {
        return !links.isEmpty() && links.get(links.size() - 1).isBroken();
    }

    Reach reach() {
        return Reach.of(monitor, prometheus);
    }

    Optional<String> scrapeClass() {
        return monitor.raw().text("spec", "scrapeClass");
    }

    /** Prometheus discovers EndpointSlices where the monitor or the Prometheus asks for it, and else Endpoints. */
    boolean slicesRole() {
        return monitor.raw()
                .text("spec", "serviceDiscoveryRole")
                .or(() -> prometheus.raw().text("spec", "serviceDiscoveryRole"))
                .filter("EndpointSlice"::equals)
                .isPresent();
    }

    /** Further is better; among equals, the one of which more is known. */
    int progress() {
        int known = (int)
                links.stream().filter(link -> link.outcome() == Link.Outcome.OK).count();
        if (!isBroken()) {
            return 1_000_000 + known;
        }
        Link last = links.get(links.size() - 1);
        return LINKS.indexOf(last.name()) * 10_000
                + last.code().map(CODES::indexOf).orElse(0) * 100
                + known;
    }
}
