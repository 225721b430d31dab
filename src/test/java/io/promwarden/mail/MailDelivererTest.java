package io.promwarden.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.MessageComposer;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.mail.ScriptedSmtpServer.Fault;
import io.promwarden.mail.SmtpSettings.Login;
import io.promwarden.mail.SmtpSettings.Security;
import io.promwarden.mail.SmtpSettings.Timeouts;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.SampleReport;
import io.promwarden.testing.SelfSigned;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailDelivererTest {

    private static final String TEXT = "Fünf Fehler. 購物車沒有目標。🛒\n";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:12:00Z"), ZoneOffset.UTC);
    private static final MessageComposer WORDS =
            new MessageComposer(report -> TEXT, report -> "<p>Fünf Fehler. 購物車 🛒</p>");

    @TempDir
    private Path folder;

    @Test
    void text_html_and_the_attached_page_arrive_with_every_character() throws IOException, MessagingException {
        Files.writeString(folder.resolve("report.html"), "<!doctype html><p>報告 🛒");
        GreenMail server = greenMail();
        try {
            DeliveryOutcome outcome = deliverer(server.getSmtp().getPort(), Security.NONE, Optional.empty())
                    .deliver(dispatch(false), SampleReport.night(), files("report.html", "report.json"));

            assertThat(outcome).isInstanceOf(DeliveryOutcome.Accepted.class);
            MimeMessage mail = server.getReceivedMessages()[0];
            assertThat(mail.getSubject()).startsWith("[Promwarden] nightly on eu-1, us-1: 5 errors");
            assertThat(mail.getHeader("Message-ID")).containsExactly("<fixed@promwarden>");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getHeader("X-Promwarden-Possibly-Twice")).isNull();
            assertThat(mail.getSentDate().toInstant()).isEqualTo(CLOCK.instant());
            MimeMultipart mixed = (MimeMultipart) mail.getContent();
            assertThat(mixed.getContentType()).startsWith("multipart/mixed");
            MimeMultipart alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
            assertThat(alternative.getContentType()).startsWith("multipart/alternative");
            assertThat(alternative.getBodyPart(0).getContentType()).startsWith("text/plain");
            assertThat(alternative.getBodyPart(0).getContent().toString().replace("\r", ""))
                    .isEqualTo(TEXT);
            assertThat(alternative.getBodyPart(1).getContentType()).startsWith("text/html");
            assertThat(alternative.getBodyPart(1).getContent()).isEqualTo("<p>Fünf Fehler. 購物車 🛒</p>");
            BodyPart page = mixed.getBodyPart(1);
            assertThat(page.getFileName()).isEqualTo("report.html");
            assertThat(page.getContent()).isEqualTo("<!doctype html><p>報告 🛒");
        } finally {
            server.stop();
        }
    }

    @Test
    void a_repetition_carries_the_same_id_and_says_that_it_may_be_the_second() throws MessagingException {
        GreenMail server = greenMail();
        try {
            MailDeliverer mail = deliverer(server.getSmtp().getPort(), Security.NONE, Optional.empty());
            mail.deliver(dispatch(false), SampleReport.night(), files());
            mail.deliver(dispatch(true), SampleReport.night(), files());

            MimeMessage first = server.getReceivedMessages()[0];
            MimeMessage second = server.getReceivedMessages()[1];
            assertThat(second.getMessageID()).isEqualTo(first.getMessageID());
            assertThat(second.getSubject()).startsWith("(possibly twice) ");
            assertThat(second.getHeader("X-Promwarden-Possibly-Twice")).containsExactly("true");
        } finally {
            server.stop();
        }
    }

    @Test
    void a_login_that_the_server_knows_is_accepted_and_another_is_refused_without_a_mail() {
        GreenMail server = greenMail();
        try {
            server.setUser("warden@example.org", "warden", "correct horse");
            DeliveryOutcome right = deliverer(
                            server.getSmtp().getPort(),
                            Security.NONE,
                            Optional.of(new Login("warden", "correct horse")))
                    .deliver(dispatch(false), SampleReport.night(), files());
            DeliveryOutcome wrong = deliverer(
                            server.getSmtp().getPort(),
                            Security.NONE,
                            Optional.of(new Login("warden", "battery-staple")))
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(right).isInstanceOf(DeliveryOutcome.Accepted.class);
            assertThat(failure(wrong)).contains("535").doesNotContain("battery-staple");
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void starttls_encrypts_before_the_login_and_trusts_the_given_authority() {
        SelfSigned certificate = SelfSigned.of("dns:localhost");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.startTls(certificate.server())) {
            DeliveryOutcome outcome = deliverer(
                            server.port(),
                            Security.STARTTLS,
                            Optional.of(new Login("warden", "secret")),
                            certificate.trusting())
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(outcome).isInstanceOf(DeliveryOutcome.Accepted.class);
            assertThat(server.messages()).hasSize(1);
            assertThat(server.commands().indexOf("STARTTLS")).isEqualTo(1);
        }
    }

    @Test
    void a_server_without_starttls_gets_neither_login_nor_mail() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.withLogin()) {
            DeliveryOutcome outcome = deliverer(
                            server.port(), Security.STARTTLS, Optional.of(new Login("warden", "secret")))
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(failure(outcome)).contains("STARTTLS");
            assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH"));
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void an_unknown_authority_is_not_trusted() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.startTls(SelfSigned.of("dns:localhost").server())) {
            DeliveryOutcome outcome = deliverer(server.port(), Security.STARTTLS, Optional.empty())
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(failure(outcome)).contains("certification path");
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void a_certificate_for_another_name_is_refused() {
        SelfSigned certificate = SelfSigned.of("dns:smtp.example.org");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.implicitTls(certificate.server())) {
            DeliveryOutcome outcome = deliverer(server.port(), Security.TLS, Optional.empty(), certificate.trusting())
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void implicit_tls_encrypts_from_the_first_byte() {
        SelfSigned certificate = SelfSigned.of("dns:localhost");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.implicitTls(certificate.server())) {
            DeliveryOutcome outcome = deliverer(server.port(), Security.TLS, Optional.empty(), certificate.trusting())
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(outcome).isInstanceOf(DeliveryOutcome.Accepted.class);
            assertThat(server.messages()).hasSize(1);
        }
    }

    @Test
    void one_refused_recipient_means_no_mail_at_all_and_the_servers_words() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.plain(Fault.NONE).on("RCPT TO:<sre@example.org>", "550 5.1.1 no such user here")) {
            DeliveryOutcome outcome = new MailDeliverer(
                            "mail",
                            settings(server.port(), Security.NONE, Optional.empty(), Optional.empty()),
                            "warden@example.org",
                            List.of("ops@example.org", "sre@example.org"),
                            WORDS,
                            CLOCK)
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(failure(outcome)).contains("550 5.1.1 no such user here");
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void a_refusal_after_the_message_is_a_failure_and_no_doubt() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.plain(Fault.NONE).on(".", "552 5.3.4 message too big")) {
            DeliveryOutcome outcome = deliverer(server.port(), Security.NONE, Optional.empty())
                    .deliver(dispatch(false), SampleReport.night(), files());

            assertThat(failure(outcome)).contains("552 5.3.4 message too big");
        }
    }

    @Test
    void a_connection_that_breaks_before_the_dot_is_a_failure() throws IOException {
        // More than any socket buffers, so that the break is seen while the message is still being written.
        Files.write(folder.resolve("report.html"), new byte[16 << 20]);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.plain(Fault.RESET_IN_DATA)) {
            DeliveryOutcome outcome = deliverer(server.port(), Security.NONE, Optional.empty())
                    .deliver(dispatch(false), SampleReport.night(), files("report.html"));

            assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
        }
    }

    @Test
    void a_connection_that_breaks_after_the_dot_leaves_it_in_doubt() {
        for (Fault fault : List.of(Fault.CLOSE_AFTER_DOT, Fault.SILENT_AFTER_DOT)) {
            try (ScriptedSmtpServer server = ScriptedSmtpServer.plain(fault)) {
                DeliveryOutcome outcome = deliverer(server.port(), Security.NONE, Optional.empty())
                        .deliver(dispatch(false), SampleReport.night(), files());

                assertThat(server.messages()).as(fault.name()).hasSize(1);
                assertThat(outcome).as(fault.name()).isInstanceOf(DeliveryOutcome.InDoubt.class);
            }
        }
    }

    @Test
    void what_happens_after_the_servers_yes_does_not_matter() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.plain(Fault.CLOSE_AFTER_YES)) {
            assertThat(deliverer(server.port(), Security.NONE, Optional.empty())
                            .deliver(dispatch(false), SampleReport.night(), files()))
                    .isInstanceOf(DeliveryOutcome.Accepted.class);
        }
    }

    @Test
    void a_closed_port_is_a_failure_that_names_the_server() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(failure(deliverer(port, Security.NONE, Optional.empty())
                        .deliver(dispatch(false), SampleReport.night(), files())))
                .contains("localhost:" + port);
    }

    @Test
    void a_file_holds_the_mail_that_would_be_sent() throws IOException, MessagingException {
        Files.writeString(folder.resolve("report.html"), "<p>page");
        GovernanceReport report = SampleReport.night();

        DeliveryOutcome outcome = new EmlFile("mail", "warden@example.org", List.of("ops@example.org"), WORDS, CLOCK)
                .deliver(dispatch(false), report, files("report.html"));

        assertThat(outcome)
                .isEqualTo(
                        new DeliveryOutcome.Accepted(folder.resolve("mail.eml").toString()));
        MimeMessage mail = new MimeMessage(null, Files.newInputStream(folder.resolve("mail.eml")));
        assertThat(mail.getMessageID()).isEqualTo("<fixed@promwarden>");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ops@example.org");
        assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("mail.eml", "report.html");
    }

    private static GreenMail greenMail() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    private static MailDeliverer deliverer(int port, Security security, Optional<Login> login) {
        return deliverer(port, security, login, Optional.empty());
    }

    private static MailDeliverer deliverer(int port, Security security, Optional<Login> login, SSLContext trust) {
        return deliverer(port, security, login, Optional.of(trust));
    }

    private static MailDeliverer deliverer(
            int port, Security security, Optional<Login> login, Optional<SSLContext> trust) {
        return new MailDeliverer(
                "mail",
                settings(port, security, login, trust),
                "Promwarden <warden@example.org>",
                List.of("ops@example.org"),
                WORDS,
                CLOCK);
    }

    private static SmtpSettings settings(
            int port, Security security, Optional<Login> login, Optional<SSLContext> trust) {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(10));
        return new SmtpSettings("localhost", port, security, login, trust, timeouts);
    }

    private static Dispatch dispatch(boolean possiblyTwice) {
        return new Dispatch(SampleReport.night().run(), "mail", "<fixed@promwarden>", possiblyTwice);
    }

    private RenderedFiles files(String... names) {
        return new RenderedFiles(
                folder, List.of(names).stream().map(folder::resolve).toList());
    }

    private static String failure(DeliveryOutcome outcome) {
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
        return ((DeliveryOutcome.Failed) outcome).reason();
    }
}
