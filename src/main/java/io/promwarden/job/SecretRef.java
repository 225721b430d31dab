package io.promwarden.job;

import java.nio.file.Path;

/** Where a secret is found when it is needed; the value itself is never part of a job. */
public sealed interface SecretRef {

    /** {@code ${NAME}}: an environment variable. */
    record Env(String name) implements SecretRef {}

    /** {@code file:/path}: a file's content without white space at its end. */
    record File(Path path) implements SecretRef {}
}
