package io.promwarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Prometheus on a free loopback port, ready when it is handed out.
 *
 * <pre>{@code
 * try (RealPrometheus prometheus = RealPrometheus.in(folder).adminApi().configuration("""
 *         scrape_configs: []
 *         """).start()) {
 *     prometheus.uri();
 * }
 * }</pre>
 */
public final class RealPrometheus implements AutoCloseable {

    private static final String READY = "Server is ready to receive web requests";

    private final URI uri;
    private final Path folder;
    private final ServerProcess process;

    private RealPrometheus(URI uri, Path folder, ServerProcess process) {
        this.uri = uri;
        this.folder = folder;
        this.process = process;
    }

    /** A server that keeps configuration, log and data in a folder; back-fill its {@code data} before the start. */
    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    /** {@code http://127.0.0.1:PORT}, with the route prefix if there is one, and without a slash at its end. */
    public URI uri() {
        return uri;
    }

    public Path dataDir() {
        return folder.resolve("data");
    }

    public Path log() {
        return folder.resolve("prometheus.log");
    }

    /** Replaces the configuration file; {@link #restart()} or a reload of yours makes it count. */
    public void configuration(String yaml) {
        Builder.write(folder.resolve("prometheus.yml"), yaml);
    }

    /** Ends it with SIGTERM if it runs, starts it again on the same port and data, and waits until it is ready. */
    public void restart() {
        process.stop();
        process.start();
    }

    /** SIGTERM, and waits for the end. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** SIGKILL, too: nobody reads its data afterwards, and a clean end takes longer. */
    @Override
    public void close() {
        process.kill();
    }

    /** What to start. */
    public static final class Builder {
        private final Path folder;
        private final List<String> flags = new ArrayList<>();
        private String configuration = "global: {scrape_interval: 15s}\n";
        private String routePrefix = "";
        private String scheme = "http";
        private boolean agent;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /** The text of prometheus.yml. {@code PORT} in it becomes the server's own port. */
        public Builder configuration(String yaml) {
            this.configuration = yaml;
            return this;
        }

        /** A file beside prometheus.yml, e.g. a rule file, which the configuration may name relatively. */
        public Builder file(String name, String content) {
            write(folder.resolve(name), content);
            return this;
        }

        /** Any flag, e.g. {@code --storage.tsdb.retention.time=100d}. */
        public Builder flag(String flag) {
            flags.add(flag);
            return this;
        }

        public Builder adminApi() {
            return flag("--web.enable-admin-api");
        }

        /** Serves below a prefix, e.g. {@code /prom}. */
        public Builder routePrefix(String prefix) {
            this.routePrefix = prefix;
            return flag("--web.route-prefix=" + prefix);
        }

        /** The text of the web configuration file: basic auth, TLS. With TLS in it, say {@link #https()} as well. */
        public Builder webConfiguration(String yaml) {
            write(folder.resolve("web.yml"), yaml);
            return flag("--web.config.file=" + folder.resolve("web.yml"));
        }

        public Builder https() {
            this.scheme = "https";
            return this;
        }

        /** Agent mode: no TSDB, no queries. */
        public Builder agent() {
            this.agent = true;
            return flag("--enable-feature=agent");
        }

        /** Starts it and waits until it is ready. */
        public RealPrometheus start() {
            int port = RealServers.freePort();
            write(folder.resolve("prometheus.yml"), configuration.replace("PORT", Integer.toString(port)));
            List<String> command = new ArrayList<>(List.of(
                    RealServers.program("prometheus").toString(),
                    "--config.file=" + folder.resolve("prometheus.yml"),
                    (agent ? "--storage.agent.path=" : "--storage.tsdb.path=") + folder.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port));
            command.addAll(flags);
            ServerProcess process =
                    new ServerProcess(command, folder.resolve("prometheus.log"), said -> said.contains(READY));
            process.start();
            return new RealPrometheus(URI.create(scheme + "://127.0.0.1:" + port + routePrefix), folder, process);
        }

        private static void write(Path file, String content) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
