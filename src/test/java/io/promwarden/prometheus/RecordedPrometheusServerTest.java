package io.promwarden.prometheus;

import io.promwarden.observation.MetricsServer;
import io.promwarden.testing.Recording;
import io.promwarden.testing.StubServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The same contract on what {@link RealPrometheusServerIT} recorded. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RecordedPrometheusServerTest extends MetricsServerContract {

    private StubServer recorded;

    @BeforeAll
    void start() {
        recorded = Recording.replay("prometheus-2.42");
    }

    @AfterAll
    void stop() {
        recorded.close();
    }

    @Override
    MetricsServer server() {
        return RealPrometheusServerIT.server(recorded.uri());
    }
}
