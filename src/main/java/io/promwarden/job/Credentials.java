package io.promwarden.job;

/** How one named server is told who is asking. Never sent anywhere else. */
public sealed interface Credentials {

    record Anonymous() implements Credentials {}

    record Bearer(SecretRef token) implements Credentials {}

    record Basic(String user, SecretRef password) implements Credentials {}
}
