package io.promwarden.html;

import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.alertsummary.AlertSummary.Item;
import io.promwarden.alertsummary.AlertSummary.State;
import io.promwarden.report.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One cluster's alerts: counted by severity, namespace and age, then one by one. */
public record AlertsView(
        String cluster,
        String at,
        String loaded,
        Capped<Count> bySeverity,
        Capped<Count> byNamespace,
        List<Count> byAge,
        Capped<Row> alerts,
        Capped<Failing> ruleErrors,
        Capped<Silenced> silences) {

    /** Alerts that have something in common. */
    public record Count(String name, String tone, int firing, int pending, int held) {}

    public record Row(
            String name, String severity, String tone, String namespace, String state, String age, String labels) {}

    public record Failing(String group, String rule, String error) {}

    public record Silenced(String matchers, String by, String comment, String ends, int holds) {}

    public AlertsView {
        byAge = List.copyOf(byAge);
    }

    static List<AlertsView> of(List<AlertSummary> all) {
        Budget budget = new Budget(110_000);
        return all.stream().map(summary -> of(summary, budget)).toList();
    }

    private static AlertsView of(AlertSummary summary, Budget budget) {
        List<Item> items = summary.alerts();
        return new AlertsView(
                Shown.name(summary.cluster()),
                Wording.minute(summary.at()),
                Wording.count(summary.rules(), "rule") + " in " + Wording.count(summary.groups(), "group"),
                counted(items.stream().collect(groupedBy(Item::severity)), "no severity", true, budget),
                counted(items.stream().collect(groupedBy(Item::namespace)), "no namespace", false, budget),
                ages(summary),
                Capped.of(
                        items,
                        120,
                        budget,
                        item -> row(summary, item),
                        row -> List.of(row.name(), row.namespace(), row.labels(), " ".repeat(120))),
                Capped.of(
                        summary.ruleErrors(),
                        50,
                        budget,
                        error -> new Failing(
                                Shown.name(error.group()), Shown.name(error.rule()), Shown.sentence(error.error())),
                        row -> List.of(row.group(), row.rule(), row.error())),
                Capped.of(
                        summary.silences(),
                        50,
                        budget,
                        AlertsView::silenced,
                        row -> List.of(row.matchers(), row.by(), row.comment())));
    }

    private static java.util.stream.Collector<Item, ?, Map<String, List<Item>>> groupedBy(
            java.util.function.Function<Item, String> key) {
        return Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList());
    }

    private static Capped<Count> counted(
            Map<String, List<Item>> groups, String without, boolean severity, Budget budget) {
        List<Count> counts = new ArrayList<>();
        groups.forEach((name, items) ->
                counts.add(count(name.isEmpty() ? without : Shown.name(name), severity ? tone(name) : "none", items)));
        counts.sort(Comparator.comparingInt((Count count) -> -count.firing())
                .thenComparingInt(count -> -count.pending())
                .thenComparing(Count::name));
        if (severity) {
            counts.sort(Comparator.comparingInt(count -> order(count.tone())));
        }
        return Capped.of(counts, 12, budget, count -> count, count -> List.of(count.name()));
    }

    private static Count count(String name, String tone, List<Item> items) {
        int firing = (int)
                items.stream().filter(item -> item.state() == State.FIRING).count();
        int held = (int) items.stream()
                .filter(item -> item.state() == State.FIRING && held(item))
                .count();
        return new Count(name, tone, firing, items.size() - firing, held);
    }

    private static boolean held(Item item) {
        return item.silenced().orElse(false) || item.inhibited().orElse(false);
    }

    private static List<Count> ages(AlertSummary summary) {
        List<Count> ages = new ArrayList<>();
        Duration from = Duration.ofSeconds(Long.MIN_VALUE);
        Map<String, Duration> bounds = new LinkedHashMap<>();
        bounds.put("under 1 h", Duration.ofHours(1));
        bounds.put("1 h to 1 d", Duration.ofDays(1));
        bounds.put("1 d to 7 d", Duration.ofDays(7));
        bounds.put("over 7 d", Duration.ofDays(100_000));
        for (Map.Entry<String, Duration> bound : bounds.entrySet()) {
            Duration least = from;
            List<Item> within = summary.alerts().stream()
                    .filter(item -> {
                        Duration age = Duration.between(item.activeAt(), summary.at());
                        return age.compareTo(least) >= 0 && age.compareTo(bound.getValue()) < 0;
                    })
                    .toList();
            ages.add(count(bound.getKey(), "none", within));
            from = bound.getValue();
        }
        return ages;
    }

    private static Row row(AlertSummary summary, Item item) {
        String state = item.state() == State.PENDING ? "pending" : "firing";
        if (item.silenced().orElse(false)) {
            state += ", silenced";
        }
        if (item.inhibited().orElse(false)) {
            state += ", inhibited";
        }
        if (item.silenced().isEmpty() && item.state() == State.FIRING) {
            state += ", routing unknown";
        }
        return new Row(
                Shown.name(item.name()),
                item.severity().isEmpty() ? "none" : Shown.name(item.severity()),
                tone(item.severity()),
                Shown.name(item.namespace()),
                state,
                Wording.age(Duration.between(item.activeAt(), summary.at())),
                item.labels().byName().entrySet().stream()
                        .filter(label -> !List.of("alertname", "severity", "namespace", "prometheus")
                                .contains(label.getKey()))
                        .limit(6)
                        .map(label -> Shown.name(label.getKey() + "=" + label.getValue()))
                        .collect(Collectors.joining(" ")));
    }

    private static Silenced silenced(AlertSummary.SilenceItem silence) {
        return new Silenced(
                silence.matchers().stream().limit(8).map(Shown::name).collect(Collectors.joining(", ")),
                Shown.name(silence.createdBy()),
                Shown.sentence(silence.comment()),
                Wording.minute(silence.endsAt()),
                silence.holds());
    }

    /** Colour by the usual words; other words stay plain. */
    private static String tone(String severity) {
        return switch (severity) {
            case "critical", "page", "error", "emergency", "high" -> "bad";
            case "warning", "warn", "medium" -> "warn";
            case "info", "low", "notice" -> "info";
            default -> "none";
        };
    }

    private static int order(String tone) {
        return List.of("bad", "warn", "info", "none").indexOf(tone);
    }
}
