package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.label.Labels;
import io.promwarden.observation.Target;
import io.promwarden.observation.Target.Health;
import io.promwarden.observation.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code /api/v1/targets}. Of the labels before relabeling only those of Kubernetes' discovery and Prometheus's own
 * are kept; annotations and URL parameters, which may hold secrets, are dropped but for the few that say what is scraped.
 */
final class TargetReader {

    private static final Pattern ANNOTATION = Pattern.compile("__meta_kubernetes_[a-z]+_annotation(present)?_.*");
    private static final Pattern SCRAPE_ANNOTATION =
            Pattern.compile("__meta_kubernetes_[a-z]+_annotation(present)?_prometheus_io_(scrape|port|path|scheme)");

    private TargetReader() {}

    static Answer<Targets> targets(JsonParser data) {
        if (data.currentToken() != JsonToken.START_OBJECT) {
            return Answer.unknown("the answer holds no targets");
        }
        List<Target> active = new ArrayList<>();
        List<Labels> dropped = new ArrayList<>();
        ApiAnswer.elements(
                data,
                Map.of(
                        "activeTargets", element -> active.add(target(element)),
                        "droppedTargets", element -> dropped.add(discovered(element.path("discoveredLabels")))));
        return Answer.known(new Targets(active, dropped));
    }

    private static Target target(JsonNode element) {
        Labels discovered = discovered(element.path("discoveredLabels"));
        ScrapeUrl url = ScrapeUrl.of(element.path("scrapeUrl").asString(""));
        return new Target(
                element.path("scrapePool").asString(""),
                discovered,
                JsonLabels.of(element.path("labels")),
                url.scheme(),
                url.address(),
                url.path(),
                health(element.path("health").asString("")),
                Redaction.text(element.path("lastError").asString("")),
                Times.instant(element.path("lastScrape").asString("")),
                Times.seconds(element.path("lastScrapeDuration").asDouble(0)),
                Times.duration(element.path("scrapeInterval").asString("")));
    }

    private static Labels discovered(JsonNode labels) {
        return JsonLabels.of(labels, TargetReader::kept, TargetReader::withoutQuery);
    }

    private static boolean kept(String name) {
        if (name.startsWith("__meta_")) {
            return name.startsWith("__meta_kubernetes_")
                    && (!ANNOTATION.matcher(name).matches()
                            || SCRAPE_ANNOTATION.matcher(name).matches());
        }
        return !name.startsWith("__param_") || name.equals("__param_target") || name.equals("__param_module");
    }

    private static String withoutQuery(String value) {
        int query = value.startsWith("/") ? value.indexOf('?') : -1;
        return Redaction.text(query < 0 ? value : value.substring(0, query));
    }

    private static Health health(String word) {
        return switch (word) {
            case "up" -> Health.UP;
            case "down" -> Health.DOWN;
            default -> Health.UNKNOWN;
        };
    }

    /** A scrape URL's parts, without user info and query. */
    private record ScrapeUrl(String scheme, String address, String path) {

        static ScrapeUrl of(String url) {
            int scheme = url.indexOf("://");
            if (scheme < 0) {
                return new ScrapeUrl("", "", "");
            }
            String rest = url.substring(scheme + 3).split("[?#]", 2)[0];
            int slash = rest.indexOf('/');
            String authority = slash < 0 ? rest : rest.substring(0, slash);
            return new ScrapeUrl(
                    url.substring(0, scheme),
                    authority.substring(authority.lastIndexOf('@') + 1),
                    slash < 0 ? "/" : rest.substring(slash));
        }
    }
}
