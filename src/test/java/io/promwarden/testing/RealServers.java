package io.promwarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the real programs are that {@code scripts/real-servers} unpacked. */
public final class RealServers {

    private RealServers() {}

    /**
     * The program of that name: {@code prometheus}, {@code promtool}, {@code alertmanager}, {@code amtool},
     * {@code pushgateway} or {@code kubectl}.
     *
     * @throws AssertionError with the remedy, if it isn't there
     */
    public static Path program(String name) {
        Path program = folder().resolve("bin").resolve(name);
        if (!Files.isExecutable(program)) {
            throw new AssertionError("no program " + program + ": run scripts/real-servers " + folder());
        }
        return program;
    }

    /** A port of the loopback interface that nobody listened on a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String named = System.getProperty("promwarden.servers", "");
        return named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "promwarden", "servers")
                : Path.of(named);
    }
}
