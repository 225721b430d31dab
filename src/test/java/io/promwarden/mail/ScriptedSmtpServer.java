package io.promwarden.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** An SMTP server that can refuse at each command, speak TLS, and fall silent or away where it hurts most. */
final class ScriptedSmtpServer implements AutoCloseable {

    /** When the server drops the connection, or stops to answer. */
    enum Fault {
        NONE,
        /** Resets the connection after the first line of the message. */
        RESET_IN_DATA,
        /** Reads the message and its dot, and closes without a word. */
        CLOSE_AFTER_DOT,
        /** Reads the message and its dot, and never answers. */
        SILENT_AFTER_DOT,
        /** Says yes to the message and closes before QUIT. */
        CLOSE_AFTER_YES
    }

    private final ServerSocket listener;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Fault fault;
    private final @Nullable SSLContext startTls;
    private final @Nullable SSLContext implicitTls;
    private final boolean offersLogin;

    private ScriptedSmtpServer(
            Fault fault, @Nullable SSLContext startTls, @Nullable SSLContext implicitTls, boolean offersLogin) {
        this.fault = fault;
        this.startTls = startTls;
        this.implicitTls = implicitTls;
        this.offersLogin = offersLogin;
        try {
            listener = new ServerSocket();
            listener.setReceiveBufferSize(8 * 1024);
            listener.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static ScriptedSmtpServer plain(Fault fault) {
        return new ScriptedSmtpServer(fault, null, null, false);
    }

    static ScriptedSmtpServer withLogin() {
        return new ScriptedSmtpServer(Fault.NONE, null, null, true);
    }

    static ScriptedSmtpServer startTls(SSLContext tls) {
        return new ScriptedSmtpServer(Fault.NONE, tls, null, true);
    }

    static ScriptedSmtpServer implicitTls(SSLContext tls) {
        return new ScriptedSmtpServer(Fault.NONE, null, tls, true);
    }

    /** Answers a command (its verb, or the whole line), or {@code .} at the end of the message, with this line. */
    ScriptedSmtpServer on(String command, String reply) {
        replies.put(command, reply);
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> commands() {
        return List.copyOf(commands);
    }

    /** What arrived between DATA and the dot. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        talk(implicitTls == null ? socket : upgraded(socket, implicitTls));
                    } catch (IOException e) {
                        // The client went away; what it had said is recorded.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket first) throws IOException {
        Socket socket = first;
        BufferedReader in = reader(socket);
        say(socket, "220 scripted ESMTP");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            String scripted = replies.getOrDefault(line, replies.get(verb));
            if (scripted != null) {
                say(socket, scripted);
                continue;
            }
            switch (verb) {
                case "EHLO" -> hello(socket);
                case "STARTTLS" -> {
                    say(socket, "220 go ahead");
                    socket = upgraded(socket, startTls);
                    in = reader(socket);
                }
                case "AUTH" -> say(socket, "235 2.7.0 welcome");
                case "DATA" -> {
                    say(socket, "354 go ahead");
                    if (!data(socket, in)) {
                        return;
                    }
                }
                case "QUIT" -> {
                    say(socket, "221 bye");
                    return;
                }
                default -> say(socket, "250 ok");
            }
        }
    }

    private void hello(Socket socket) throws IOException {
        say(socket, "250-scripted");
        if (startTls != null && !(socket instanceof SSLSocket)) {
            say(socket, "250-STARTTLS");
        }
        say(socket, offersLogin ? "250 AUTH PLAIN LOGIN" : "250 HELP");
    }

    /** Reads a message; false when the connection ends here. */
    private boolean data(Socket socket, BufferedReader in) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            message.append(line).append('\n');
            if (fault == Fault.RESET_IN_DATA) {
                socket.setSoLinger(true, 0);
                return false;
            }
        }
        messages.add(message.toString());
        switch (fault) {
            case CLOSE_AFTER_DOT -> {
                return false;
            }
            case SILENT_AFTER_DOT -> {
                // Until the client gives up and closes.
                return in.readLine() != null;
            }
            case CLOSE_AFTER_YES -> {
                say(socket, "250 queued");
                return false;
            }
            case NONE, RESET_IN_DATA -> say(socket, replies.getOrDefault(".", "250 queued"));
        }
        return true;
    }

    private static Socket upgraded(Socket socket, @Nullable SSLContext tls) throws IOException {
        if (tls == null) {
            throw new IOException("no TLS here");
        }
        SSLSocket upgraded = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        upgraded.setUseClientMode(false);
        upgraded.startHandshake();
        return upgraded;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
