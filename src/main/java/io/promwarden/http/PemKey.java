package io.promwarden.http;

import java.security.PrivateKey;

/** What became of a private key's file. */
sealed interface PemKey {

    record Sound(PrivateKey key) implements PemKey {}

    /**
     * No key that can be used.
     *
     * @param reason a predicate whose subject is the file, without any of its content
     */
    record Unsound(String reason) implements PemKey {}
}
