package io.promwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.http.HttpAnswer.Received;
import io.promwarden.http.HttpAnswer.Unanswered;
import io.promwarden.testing.StubServer;
import io.promwarden.testing.StubServer.Reply;
import io.promwarden.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class TlsTest {

    private Path folder;
    private TestCertificate client;
    private TestCertificate ecClient;
    private StubServer server;
    private StubServer strict;
    private StubServer strictEc;
    private Path ca;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        TestCertificate own = TestCertificate.of(folder, "RSA", "ip:127.0.0.1");
        client = TestCertificate.of(folder, "RSA", "dns:client");
        ecClient = TestCertificate.of(folder, "EC", "dns:client");
        server = StubServer.start(own.server(client), false).on("/", Reply.json("{}"));
        strict = StubServer.start(own.server(client), true).on("/", Reply.json("{}"));
        strictEc = StubServer.start(own.server(ecClient), true).on("/", Reply.json("{}"));
        ca = own.certificateFile(folder.resolve("ca.pem"));
    }

    @AfterAll
    void stop() {
        server.close();
        strict.close();
        strictEc.close();
    }

    @Test
    void a_server_is_trusted_by_its_authority() {
        assertThat(ask(server.uri(), trusting())).isInstanceOf(Received.class);
    }

    @Test
    void a_certificate_that_nobody_trusts_is_refused_with_the_remedy() {
        assertThat(reason(server.uri(), TlsMaterial.NONE))
                .isEqualTo("the certificate of " + server.uri().getAuthority()
                        + " is not trusted: name the authority that signed it as the server's CA");
    }

    @Test
    void a_certificate_for_another_name_is_refused() {
        URI other = URI.create("https://localhost:" + server.uri().getPort());

        assertThat(reason(other, trusting()))
                .isEqualTo("the certificate of " + other.getAuthority() + " is for another name than localhost");
    }

    @Test
    void a_server_that_speaks_no_tls_is_told_as_such() throws IOException {
        // As Go's servers do: they answer the handshake with a status in clear text.
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket asked = plain.accept()) {
                    asked.getOutputStream().write("HTTP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(reason(URI.create("https://127.0.0.1:" + plain.getLocalPort()), trusting()))
                    .contains("doesn't speak TLS");
        }
    }

    @Test
    void a_client_certificate_is_shown_where_it_is_wanted() throws IOException {
        assertThat(ask(strict.uri(), presenting(client, client.keyFile(folder.resolve("key.pem")))))
                .isInstanceOf(Received.class);
        assertThat(ask(strict.uri(), trusting())).isInstanceOf(Unanswered.class);
    }

    @Test
    void an_rsa_key_as_openssl_wrote_it_is_read() throws IOException {
        byte[] pkcs8 = client.pkcs8();
        Path key =
                write("rsa.pem", TestCertificate.pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)));

        assertThat(ask(strict.uri(), presenting(client, key))).isInstanceOf(Received.class);
    }

    @Test
    void an_ec_key_is_read_in_pkcs8_with_its_parameters_beside_it_or_within() throws IOException {
        byte[] pkcs8 = ecClient.pkcs8();
        byte[] curve = Arrays.copyOfRange(pkcs8, 16, 26);
        byte[] secret = Arrays.copyOfRange(pkcs8, 35, 67);
        byte[] bare = concat(new byte[] {0x30, 37, 2, 1, 1, 4, 32}, secret);
        byte[] within = concat(new byte[] {0x30, 49, 2, 1, 1, 4, 32}, secret, new byte[] {(byte) 0xa0, 10}, curve);

        assertThat(ask(strictEc.uri(), presenting(ecClient, ecClient.keyFile(folder.resolve("ec8.pem")))))
                .isInstanceOf(Received.class);
        assertThat(ask(
                        strictEc.uri(),
                        presenting(
                                ecClient,
                                write(
                                        "ec-beside.pem",
                                        TestCertificate.pem("EC PARAMETERS", curve)
                                                + TestCertificate.pem("EC PRIVATE KEY", bare)))))
                .isInstanceOf(Received.class);
        assertThat(ask(
                        strictEc.uri(),
                        presenting(ecClient, write("ec.pem", TestCertificate.pem("EC PRIVATE KEY", within)))))
                .isInstanceOf(Received.class);
        assertThat(reason(
                        strictEc.uri(),
                        presenting(ecClient, write("no-curve.pem", TestCertificate.pem("EC PRIVATE KEY", bare)))))
                .endsWith("no-curve.pem holds an EC key that doesn't name its curve");
    }

    @Test
    void unusable_files_are_named_and_nothing_is_sent() throws IOException {
        int before = strict.requests().size();

        assertThat(reason(strict.uri(), trusting(folder.resolve("nowhere.pem"))))
                .endsWith("nowhere.pem doesn't exist");
        assertThat(reason(strict.uri(), trusting(write("not.pem", "hello")))).contains("not.pem");
        assertThat(reason(
                        strict.uri(),
                        presenting(
                                client, write("enc.pem", TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[9])))))
                .contains("enc.pem holds an encrypted key", "-nocrypt");
        assertThat(reason(
                        strict.uri(),
                        presenting(client, write("junk.pem", TestCertificate.pem("PRIVATE KEY", new byte[9])))))
                .contains("junk.pem holds a key that is neither");
        assertThat(reason(strict.uri(), new TlsMaterial(Optional.empty(), Optional.of(ca), Optional.empty())))
                .contains("needs its key");
        assertThat(strict.requests()).hasSize(before);
    }

    private TlsMaterial trusting() {
        return trusting(ca);
    }

    private static TlsMaterial trusting(Path file) {
        return new TlsMaterial(Optional.of(file), Optional.empty(), Optional.empty());
    }

    private TlsMaterial presenting(TestCertificate certificate, Path key) {
        Path chain = certificate.certificateFile(folder.resolve("client.pem"));
        return new TlsMaterial(Optional.of(ca), Optional.of(chain), Optional.of(key));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String reason(URI base, TlsMaterial material) {
        HttpAnswer answer = ask(base, material);
        assertThat(answer).isInstanceOf(Unanswered.class);
        assertThat(((Unanswered) answer).sent())
                .as(((Unanswered) answer).reason())
                .isFalse();
        return ((Unanswered) answer).reason();
    }

    private static HttpAnswer ask(URI base, TlsMaterial material) {
        try (DirectExchange exchange =
                new DirectExchange(ServerConnection.to(base).with(material))) {
            return exchange.ask(HttpQuestion.get("/", Duration.ofSeconds(20)));
        }
    }
}
