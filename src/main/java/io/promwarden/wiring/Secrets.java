package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.job.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;

/** Resolves a job's secret references at the moment when they are needed. Values are never kept here. */
final class Secrets {

    private final Map<String, String> environment;

    Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The value, or why there is none: the reason names the reference, never a value. */
    Answer<String> resolve(SecretRef reference) {
        return switch (reference) {
            case SecretRef.Env env -> {
                String value = environment.get(env.name());
                yield value == null || value.isBlank()
                        ? Answer.unknown("environment variable " + env.name() + " is not set")
                        : Answer.known(value);
            }
            case SecretRef.File file -> {
                try {
                    String value = Files.readString(file.path(), StandardCharsets.UTF_8)
                            .stripTrailing();
                    yield value.isEmpty()
                            ? Answer.unknown("secret file " + file.path() + " is empty")
                            : Answer.known(value);
                } catch (IOException e) {
                    yield Answer.unknown("secret file " + file.path() + " cannot be read: "
                            + e.getClass().getSimpleName());
                }
            }
        };
    }
}
