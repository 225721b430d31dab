package io.promwarden.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the PEM files are for TLS towards one server. Read when the connection is made.
 *
 * @param ca trusted instead of the JDK's own certificate authorities
 * @param certificate the client's certificate chain, its own first; with {@code key}
 * @param key not encrypted: PKCS#8, or as OpenSSL writes RSA and EC keys
 */
public record TlsMaterial(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {

    public static final TlsMaterial NONE = new TlsMaterial(Optional.empty(), Optional.empty(), Optional.empty());
}
