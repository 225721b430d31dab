package io.promwarden.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.RoutedAlert;
import io.promwarden.observation.Silence;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link AlertServer} promises, asked of a real Alertmanager and of its recorded answers. */
abstract class AlertServerContract {

    static final String CONFIGURATION = """
            route:
              receiver: everybody
              routes:
              - {receiver: shop, matchers: ['namespace="shop"'], continue: true}
              - {receiver: night}
            inhibit_rules:
            - {source_matchers: ['alertname="NodeDown"'], target_matchers: ['alertname="PodDown"'], equal: [node]}
            receivers:
            - {name: everybody}
            - {name: shop, webhook_configs: [{url: 'http://127.0.0.1:1/s3cret'}]}
            - {name: night}
            """;

    static final String ALERTS = """
            [{"labels":{"alertname":"NodeDown","node":"a","severity":"critical"},"startsAt":"2026-01-10T00:00:00Z","endsAt":"2099-01-01T00:00:00Z"},
             {"labels":{"alertname":"PodDown","node":"a","namespace":"shop"},"startsAt":"2026-01-10T01:00:00Z","endsAt":"2099-01-01T00:00:00Z","annotations":{"token":"s3cret"}},
             {"labels":{"alertname":"Quiet","namespace":"shop","text":"a\\"b\\\\c\\nd"},"startsAt":"2026-01-10T02:00:00Z","endsAt":"2099-01-01T00:00:00Z"}]
            """;

    static final String SILENCE = """
            {"matchers":[{"name":"alertname","value":"Quiet","isRegex":false,"isEqual":true},
                         {"name":"namespace","value":"shop|web","isRegex":true,"isEqual":true},
                         {"name":"severity","value":"critical","isRegex":false,"isEqual":false},
                         {"name":"text","value":"x\\"+","isRegex":true,"isEqual":false}],
             "startsAt":"2026-01-10T03:00:00Z","endsAt":"2099-01-01T00:00:00Z","createdBy":"ann",
             "comment":"until http://u:s3cret@tickets/42?key=s3cret is done"}
            """;

    abstract AlertServer server();

    @Test
    void tells_its_version() {
        assertThat(known(server().version())).startsWith("0.");
    }

    @Test
    void shows_alerts_with_what_keeps_them_quiet() {
        List<RoutedAlert> alerts = known(server().alerts());

        assertThat(alerts).hasSize(3);
        RoutedAlert node = alert(alerts, "NodeDown");
        assertThat(node.silencedBy()).isEmpty();
        assertThat(node.inhibitedBy()).isEmpty();
        assertThat(node.receivers()).containsExactly("night");
        assertThat(node.startsAt()).isEqualTo(Instant.parse("2026-01-10T00:00:00Z"));
        RoutedAlert pod = alert(alerts, "PodDown");
        assertThat(pod.inhibitedBy()).containsExactly(node.fingerprint());
        assertThat(pod.receivers()).containsExactlyInAnyOrder("shop", "night");
        RoutedAlert quiet = alert(alerts, "Quiet");
        assertThat(quiet.silencedBy())
                .containsExactly(known(server().silences()).get(0).id());
        assertThat(quiet.labels().value("text")).isEqualTo("a\"b\\c\nd");
        assertThat(alerts.toString()).doesNotContain("s3cret");
    }

    @Test
    void writes_matchers_as_alertmanager_does() {
        List<Silence> silences = known(server().silences());

        assertThat(silences).singleElement().satisfies(silence -> {
            assertThat(silence.matchers())
                    .containsExactlyInAnyOrder(
                            "alertname=\"Quiet\"",
                            "namespace=~\"shop|web\"",
                            "severity!=\"critical\"",
                            "text!~\"x\\\"+\"");
            assertThat(silence.state()).isEqualTo("active");
            assertThat(silence.createdBy()).isEqualTo("ann");
            assertThat(silence.comment()).isEqualTo("until http://tickets/42 is done");
            assertThat(silence.endsAt()).isEqualTo(Instant.parse("2099-01-01T00:00:00Z"));
        });
    }

    static <T> T known(Answer<T> answer) {
        return answer.value().orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static RoutedAlert alert(List<RoutedAlert> alerts, String name) {
        return alerts.stream()
                .filter(alert -> alert.labels().value("alertname").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
