package io.promwarden.testing.written;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.RawObject;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.RoutedAlert;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Silence;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** An Alertmanager that says what a fixture writes. */
final class WrittenAlertmanager implements AlertServer {

    private final ServerId id;
    private final RawObject written;

    WrittenAlertmanager(ServerId id, RawObject written) {
        this.id = id;
        this.written = written;
    }

    private <T> Answer<T> answer(String key, Supplier<T> value) {
        return written.has(key) ? Answer.known(value.get()) : Answer.unknown("not in the capture");
    }

    @Override
    public ServerId id() {
        return id;
    }

    @Override
    public Answer<String> version() {
        return Answer.known("0.25.0");
    }

    @Override
    public Answer<List<RoutedAlert>> alerts() {
        return answer(
                "alerts",
                () -> written.objects("alerts").stream()
                        .map(alert -> new RoutedAlert(
                                alert.text("fingerprint").orElseThrow(),
                                AnswersFile.labels(alert, "labels"),
                                AnswersFile.instant(alert, "since").orElse(Instant.EPOCH),
                                alert.words("silencedBy"),
                                alert.words("inhibitedBy"),
                                List.of("team")))
                        .toList());
    }

    @Override
    public Answer<List<Silence>> silences() {
        return answer(
                "silences",
                () -> written.objects("silences").stream()
                        .map(silence -> new Silence(
                                silence.text("id").orElseThrow(),
                                silence.words("matchers"),
                                Instant.EPOCH,
                                AnswersFile.instant(silence, "until").orElse(Instant.MAX),
                                silence.text("by").orElse("somebody"),
                                silence.text("comment").orElse(""),
                                silence.text("state").orElse("active")))
                        .toList());
    }
}
