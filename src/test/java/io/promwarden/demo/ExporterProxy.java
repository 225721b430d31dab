package io.promwarden.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP proxy on loopback behind which the whole cluster seems to lie: Prometheus asks it for {@code
 * http://10.244.1.7:8080/metrics} and gets what the world's exporter says. HTTPS goes through CONNECT and ends here, too.
 */
final class ExporterProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Exporters exporters;
    private final SSLContext tls;
    private final HttpClient client = HttpClient.newHttpClient();

    ExporterProxy(Exporters exporters, SSLContext tls) {
        this.exporters = exporters;
        this.tls = tls;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("exporter-proxy").start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // The socket was closed: the loop ends.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String[] request = head(in);
            if (request[0].equals("CONNECT")) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                try (SSLSocket inner = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true)) {
                    inner.setUseClientMode(false);
                    String[] innerRequest = head(new BufferedInputStream(inner.getInputStream()));
                    answer(inner.getOutputStream(), request[1], innerRequest[1]);
                }
            } else {
                URI target = URI.create(request[1]);
                answer(socket.getOutputStream(), target.getAuthority(), target.getPath());
            }
        } catch (IOException e) {
            // Whoever asked went away, as it does on a time-out.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(OutputStream out, String address, String path) throws IOException, InterruptedException {
        switch (exporters.reply(address, path)) {
            case Exporters.Reply.Silence silence -> Thread.sleep(60_000);
            case Exporters.Reply.Page page -> write(out, page);
            case Exporters.Reply.Forward forward -> {
                HttpResponse<String> real = client.send(
                        HttpRequest.newBuilder(URI.create(forward.url())).build(),
                        HttpResponse.BodyHandlers.ofString());
                write(out, new Exporters.Reply.Page(real.statusCode(), "text/plain; version=0.0.4", real.body()));
            }
        }
    }

    private static void write(OutputStream out, Exporters.Reply.Page page) throws IOException {
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        String head = String.format(
                Locale.ROOT,
                "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
                page.status(),
                reason(page.status()),
                page.contentType(),
                body.length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 404 -> "Not Found";
            case 500 -> "Internal Server Error";
            default -> "Bad Gateway";
        };
    }

    /** Reads a request's head; its first line's words. */
    private static String[] head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0 || head.length() > 65_536) {
                throw new IOException("no request");
            }
            head.append((char) read);
        }
        return head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.close();
    }
}
