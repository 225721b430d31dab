package io.promwarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Alertmanager on a free loopback port, ready when it is handed out, without a cluster of its own. */
public final class RealAlertmanager implements AutoCloseable {

    private final URI uri;
    private final ServerProcess process;

    private RealAlertmanager(URI uri, ServerProcess process) {
        this.uri = uri;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param folder for configuration, log and data
     * @param configuration the text of alertmanager.yml
     * @param flags any more, e.g. {@code --web.config.file=...}
     */
    public static RealAlertmanager start(Path folder, String configuration, String... flags) {
        int port = RealServers.freePort();
        Path file = folder.resolve("alertmanager.yml");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(List.of(
                RealServers.program("alertmanager").toString(),
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("alertmanager-data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="));
        command.addAll(List.of(flags));
        URI uri = URI.create("http://127.0.0.1:" + port);
        ServerProcess process = new ServerProcess(
                command, folder.resolve("alertmanager.log"), said -> Probe.answers(URI.create(uri + "/-/ready")));
        process.start();
        return new RealAlertmanager(uri, process);
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI uri() {
        return uri;
    }

    public void restart() {
        process.stop();
        process.start();
    }

    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.kill();
    }
}
