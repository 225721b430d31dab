package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code alerts.yaml} says: since when alerts are active, and what Alertmanager does about them. */
final class AlertPlan {

    private static final Duration USUAL = Duration.ofHours(6);

    private final RawObject plan;

    AlertPlan(Path file) {
        this.plan = World.documents(file).getFirst();
    }

    Duration age(String alert) {
        return plan.text("ages", alert).map(AlertPlan::duration).orElse(USUAL);
    }

    /** The alerts that have an age, and so have to be there. */
    Set<String> expected() {
        return plan.texts("ages").keySet();
    }

    /** {@code alertmanager.yml}. Receivers have names and no addresses: nobody is told anything. */
    String configuration() {
        StringBuilder yaml = new StringBuilder("route:\n  receiver: ");
        yaml.append(plan.text("receivers", "default").orElseThrow());
        yaml.append("\n  group_by: [namespace, alertname]\n  routes:\n");
        yaml.append("    - {receiver: heartbeat, matchers: ['alertname=\"Watchdog\"']}\n");
        yaml.append("    - {receiver: team-checkout, matchers: ['team=\"checkout\"']}\n");
        yaml.append("receivers:\n");
        plan.texts("receivers")
                .values()
                .forEach(name -> yaml.append("  - {name: ").append(name).append("}\n"));
        yaml.append("inhibit_rules:\n");
        for (RawObject rule : plan.objects("inhibit")) {
            yaml.append(String.format(
                    Locale.ROOT,
                    "  - {source_matchers: ['%s'], target_matchers: ['%s'], equal: %s}%n",
                    rule.text("source").orElseThrow(),
                    rule.text("target").orElseThrow(),
                    rule.words("equal")));
        }
        return yaml.toString();
    }

    /** The documents to post to {@code /api/v2/silences}. */
    List<Map<String, @Nullable Object>> silences(Instant now) {
        List<Map<String, @Nullable Object>> silences = new ArrayList<>();
        for (RawObject silence : plan.objects("silences")) {
            List<Object> matchers = new ArrayList<>();
            silence.texts("matchers")
                    .forEach((name, value) ->
                            matchers.add(Tree.of("name", name, "value", value, "isRegex", false, "isEqual", true)));
            silences.add(Tree.of(
                    "matchers",
                    matchers,
                    "startsAt",
                    now.toString(),
                    "endsAt",
                    now.plus(duration(silence.text("for").orElseThrow())).toString(),
                    "createdBy",
                    silence.text("createdBy").orElseThrow(),
                    "comment",
                    silence.text("comment").orElseThrow()));
        }
        return silences;
    }

    /** {@code 9d6h}, {@code 4m}. */
    private static Duration duration(String text) {
        String days = text.contains("d") ? text.substring(0, text.indexOf('d')) : "0";
        String rest = text.substring(text.indexOf('d') + 1);
        return Duration.ofDays(Long.parseLong(days))
                .plus(rest.isEmpty() ? Duration.ZERO : Duration.parse("PT" + rest.toUpperCase(Locale.ROOT)));
    }
}
