package io.promwarden.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.observation.AlertServer;
import io.promwarden.testing.Recording;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The same contract on what {@link RealAlertmanagerServerIT} recorded, and what a real server seldom does. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RecordedAlertmanagerServerTest extends AlertServerContract {

    private StubServer recorded;

    @BeforeAll
    void start() {
        recorded = Recording.replay("alertmanager-0.25");
        // A real status also names this machine's addresses, and is not kept as a recording.
        recorded.on("/api/v2/status", Reply.json("""
                {"cluster":{"status":"disabled"},"config":{"original":"url: http://hook/s3cret"},
                 "versionInfo":{"version":"0.25.0","revision":"x"},"uptime":"2026-01-10T00:00:00Z"}
                """));
    }

    @AfterAll
    void stop() {
        recorded.close();
    }

    @Override
    AlertServer server() {
        return RealAlertmanagerServerIT.server(recorded.uri());
    }

    @Test
    void what_is_no_list_of_alerts_is_unknown() {
        try (StubServer strange = StubServer.start()
                .on("/api/v2/alerts", Reply.json("{}"), Reply.json("[{"), Reply.of(401, "\"no\""), Reply.of(404, ""))) {
            AlertServer server = RealAlertmanagerServerIT.server(strange.uri());

            assertThat(server.alerts().reason()).contains("the answer is no list: is this an Alertmanager?");
            assertThat(server.alerts().reason()).contains("the answer can't be read as JSON: is this an Alertmanager?");
            assertThat(server.alerts().reason()).contains("401: the server wants credentials, or others");
            assertThat(server.alerts().reason())
                    .contains("404: there is no such path: is the address right, with its prefix?");
        }
    }
}
