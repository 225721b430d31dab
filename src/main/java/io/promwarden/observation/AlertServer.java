package io.promwarden.observation;

import io.promwarden.answer.Answer;
import java.util.List;

/** One Alertmanager process, read only. */
public interface AlertServer {

    ServerId id();

    /** The version, from {@code /api/v2/status}; nothing else of that answer is kept, as it shows receivers' secrets. */
    Answer<String> version();

    /** From {@code /api/v2/alerts}. */
    Answer<List<RoutedAlert>> alerts();

    /** From {@code /api/v2/silences}. */
    Answer<List<Silence>> silences();
}
