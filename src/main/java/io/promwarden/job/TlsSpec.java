package io.promwarden.job;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS towards one named server; PEM files.
 *
 * @param ca trusted instead of the JDK's own certificate authorities
 * @param certificate client certificate chain; with {@code key}
 */
public record TlsSpec(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    public static final TlsSpec NONE = new TlsSpec(Optional.empty(), Optional.empty(), Optional.empty());
}
