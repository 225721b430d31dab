package io.promwarden.prometheus;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.http.HttpQuestion;
import io.promwarden.http.HttpQuestion.Method;
import io.promwarden.http.HttpQuestion.Parameter;
import io.promwarden.http.StatusWords;
import io.promwarden.label.Labels;
import io.promwarden.label.Matcher;
import io.promwarden.observation.Block;
import io.promwarden.observation.BuildInfo;
import io.promwarden.observation.HeadStatistics;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.observation.RuleGroup;
import io.promwarden.observation.RuntimeInfo;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ScrapeConfiguration;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Targets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/** A Prometheus of 2.42 or later that is asked over HTTP; older ones answer most of it, too. */
public final class PrometheusServer implements MetricsServer {

    /**
     * Longer questions are sent as a form. All others go by GET: it needs no more than a right to read where the API
     * server's pod proxy is in between.
     */
    private static final int LONGEST_QUERY_STRING = 6000;

    private final ServerId id;
    private final Exchange exchange;
    private final Duration timeout;

    /**
     * One server process.
     *
     * @param exchange asks within the server's limits
     * @param timeout for one question
     */
    public PrometheusServer(ServerId id, Exchange exchange, Duration timeout) {
        this.id = id;
        this.exchange = exchange;
        this.timeout = timeout;
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public Answer<BuildInfo> buildInfo() {
        return ApiAnswer.readTree(get("/api/v1/status/buildinfo"), ServerIdentity::buildInfo);
    }

    @Override
    public Answer<Map<String, String>> flags() {
        return ApiAnswer.readTree(get("/api/v1/status/flags"), data -> {
            Map<String, String> flags = new LinkedHashMap<>();
            data.properties()
                    .forEach(flag -> flags.put(
                            flag.getKey(), Redaction.text(flag.getValue().asString(""))));
            return flags.isEmpty() ? Answer.unknown("the server tells no flags") : Answer.known(Map.copyOf(flags));
        });
    }

    @Override
    public Answer<RuntimeInfo> runtimeInfo() {
        return ApiAnswer.readTree(get("/api/v1/status/runtimeinfo"), ServerIdentity::runtimeInfo);
    }

    @Override
    public Answer<Boolean> ready() {
        // Asked once: 'not ready' is an answer here, and whoever waits for it asks again.
        HttpAnswer answer = exchange.ask(new HttpQuestion(Method.GET, "/-/ready", List.of(), timeout, false));
        return switch (answer) {
            case Unanswered unanswered -> Answer.unknown(unanswered.reason());
            case Received received ->
                switch (received.status()) {
                    case 200 -> Answer.known(true);
                    case 503 -> Answer.known(false);
                    default -> Answer.unknown(StatusWords.of(received.status()));
                };
        };
    }

    @Override
    public Answer<Targets> targets() {
        return ApiAnswer.read(get("/api/v1/targets"), TargetReader::targets);
    }

    @Override
    public Answer<List<RuleGroup>> ruleGroups() {
        return ApiAnswer.read(get("/api/v1/rules"), RuleReader::groups);
    }

    @Override
    public Answer<OwnMetrics> ownMetrics() {
        return ApiAnswer.successful(get("/metrics")).flatMap(received -> Exposition.read(received.text()));
    }

    @Override
    public Answer<Instant> time() {
        return ApiAnswer.read(ask("/api/v1/query", new Parameter("query", "time()")), QueryReader::samples)
                .flatMap(samples -> samples.size() == 1
                        ? QueryReader.instant(samples.get(0).value())
                        : Answer.unknown("time() is no single number here"));
    }

    @Override
    public Answer<List<Sample>> query(String expression, Instant at) {
        return ApiAnswer.read(
                ask("/api/v1/query", new Parameter("query", expression), new Parameter("time", seconds(at))),
                QueryReader::samples);
    }

    @Override
    public Answer<List<Labels>> series(String selector, Instant start, Instant end) {
        HttpAnswer answer = ask(
                "/api/v1/series",
                new Parameter("match[]", selector),
                new Parameter("start", seconds(start)),
                new Parameter("end", seconds(end)));
        return ApiAnswer.read(answer, parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return Answer.unknown("the answer holds no list of series");
            }
            List<Labels> series = new ArrayList<>();
            ApiAnswer.elements(parser, element -> series.add(JsonLabels.of(element)));
            return Answer.known(List.copyOf(series));
        });
    }

    @Override
    public Answer<List<String>> metricNames(Instant start, Instant end) {
        HttpAnswer answer = ask(
                "/api/v1/label/" + Matcher.METRIC_NAME + "/values",
                new Parameter("start", seconds(start)),
                new Parameter("end", seconds(end)));
        return ApiAnswer.readTree(answer, data -> {
            if (!data.isArray()) {
                return Answer.unknown("the answer holds no list of names");
            }
            List<String> names = new ArrayList<>();
            data.forEach(name -> names.add(name.asString("")));
            return Answer.known(names.stream().sorted().toList());
        });
    }

    @Override
    public Answer<ScrapeConfiguration> configuration() {
        return ApiAnswer.readTree(get("/api/v1/status/config"), data -> {
            Optional<String> yaml = Optional.ofNullable(data.path("yaml").stringValue(null));
            return yaml.map(ConfigurationReader::read)
                    .orElseGet(() -> Answer.unknown("the server doesn't show its configuration"));
        });
    }

    @Override
    public Answer<HeadStatistics> headStatistics() {
        // Known from 2.45 on; before, it is read over, and there are ten of each.
        Parameter limit = new Parameter("limit", String.valueOf(TsdbReader.LONGEST_LIST));
        return ApiAnswer.readTree(ask("/api/v1/status/tsdb", limit), TsdbReader::head);
    }

    @Override
    public Answer<List<Block>> blocks() {
        HttpAnswer answer = get("/api/v1/status/tsdb/blocks");
        if (answer instanceof Received received
                && received.status() == 404
                && received.contentType().contains("text/plain")) {
            return Answer.unknown("this version does not list its blocks: Prometheus does from 3.6 on");
        }
        return ApiAnswer.readTree(answer, TsdbReader::blocks);
    }

    private HttpAnswer get(String path) {
        return exchange.ask(HttpQuestion.get(path, timeout));
    }

    private HttpAnswer ask(String path, Parameter... parameters) {
        HttpQuestion question = HttpQuestion.get(path, timeout, parameters);
        return exchange.ask(
                question.encoded().length() <= LONGEST_QUERY_STRING
                        ? question
                        : HttpQuestion.form(path, timeout, parameters));
    }

    /** Unix seconds with as many decimals as are needed. */
    private static String seconds(Instant at) {
        return BigDecimal.valueOf(at.getEpochSecond())
                .add(BigDecimal.valueOf(at.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
