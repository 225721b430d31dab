package io.promwarden.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A real Pushgateway on a free loopback port, ready when it is handed out. */
public final class RealPushgateway implements AutoCloseable {

    private final URI uri;
    private final ServerProcess process;

    private RealPushgateway(URI uri, ServerProcess process) {
        this.uri = uri;
        this.process = process;
    }

    /** Starts one whose log is written to a folder. */
    public static RealPushgateway start(Path folder) {
        int port = RealServers.freePort();
        URI uri = URI.create("http://127.0.0.1:" + port);
        ServerProcess process = new ServerProcess(
                List.of(RealServers.program("pushgateway").toString(), "--web.listen-address=127.0.0.1:" + port),
                folder.resolve("pushgateway.log"),
                said -> Probe.answers(URI.create(uri + "/-/ready")));
        process.start();
        return new RealPushgateway(uri, process);
    }

    /** {@code http://127.0.0.1:PORT}; what was pushed is at {@code /metrics} and {@code /api/v1/metrics}. */
    public URI uri() {
        return uri;
    }

    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.kill();
    }
}
