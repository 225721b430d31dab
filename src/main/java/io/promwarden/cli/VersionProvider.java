package io.promwarden.cli;

import io.promwarden.wiring.Version;
import picocli.CommandLine.IVersionProvider;

/** {@code promwarden --version}. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"promwarden " + Version.text()};
    }
}
