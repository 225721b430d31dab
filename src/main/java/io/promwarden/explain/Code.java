package io.promwarden.explain;

import java.util.Locale;
import java.util.Optional;

/** Why a link is broken. Those of one link stand in the order of how far they got. */
public enum Code {
    NOTHING_DECLARED(LinkName.DECLARED, "it declares no endpoint"),
    NOT_SELECTED(LinkName.SELECTED, "no Prometheus selects it"),
    NAMESPACE_NOT_SELECTED(LinkName.SELECTED, "no Prometheus that wants its labels looks in its namespace"),
    REJECTED_BY_OPERATOR(LinkName.ACCEPTED, "it is refused"),
    PROMETHEUS_PAUSED(LinkName.MANAGED, "its Prometheus is paused"),
    RBAC_MISSING(LinkName.PERMITTED, "Prometheus may not look for its targets"),
    NO_MATCHING_SERVICE(LinkName.MATCHED, "its selector matches no Service"),
    NO_MATCHING_POD(LinkName.MATCHED, "its selector matches no pod"),
    SERVICE_IN_OTHER_NAMESPACE(
            LinkName.MATCHED, "the Services that it matches are in a namespace where it does not look"),
    POD_IN_OTHER_NAMESPACE(LinkName.MATCHED, "the pods that it matches are in a namespace where it does not look"),
    PORT_UNKNOWN(LinkName.PORT, "nothing that it matches has the port"),
    TARGET_PORT_UNDECLARED(LinkName.PORT, "no container declares the target port"),
    NO_ENDPOINTS(LinkName.ADDRESSES, "there is no address behind the port"),
    PODS_NOT_RUNNING(LinkName.ADDRESSES, "no pod behind it is running"),
    DROPPED_BY_RELABELING(LinkName.RELABELING, "relabeling drops every target"),
    CONFIG_NOT_LOADED(LinkName.LOADED, "Prometheus has not loaded it"),
    CONNECTION_REFUSED(LinkName.SCRAPED, "nobody answers at the address"),
    TIMEOUT(LinkName.SCRAPED, "the answer takes longer than the scrape timeout"),
    NAME_RESOLUTION(LinkName.SCRAPED, "the host name is not known"),
    TLS_FAILURE(LinkName.SCRAPED, "TLS fails"),
    UNAUTHORIZED(LinkName.SCRAPED, "the credentials are not accepted"),
    PATH_NOT_FOUND(LinkName.SCRAPED, "nothing is served at the path"),
    HTTP_ERROR(LinkName.SCRAPED, "the answer is an error"),
    NOT_AN_EXPOSITION(LinkName.SCRAPED, "the answer holds no metrics"),
    SAMPLE_LIMIT(LinkName.SCRAPED, "it has more samples than its limit allows"),
    BODY_SIZE_LIMIT(LinkName.SCRAPED, "the answer is larger than its limit allows"),
    LABEL_LIMIT(LinkName.SCRAPED, "it has more or longer labels than its limits allow"),
    ALL_SAMPLES_DROPPED(LinkName.SAMPLES, "metric relabeling drops every sample"),
    STALE(LinkName.SAMPLES, "the samples are old although the scrape works");

    private final LinkName link;
    private final String sentence;

    Code(LinkName link, String sentence) {
        this.link = link;
        this.sentence = sentence;
    }

    public LinkName link() {
        return link;
    }

    /** E.g. {@code port-unknown}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, without a full stop. */
    public String sentence() {
        return sentence;
    }

    /** The code that the word names. */
    public static Optional<Code> find(String word) {
        for (Code code : values()) {
            if (code.word().equals(word)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
