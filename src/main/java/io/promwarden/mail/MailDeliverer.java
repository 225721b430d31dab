package io.promwarden.mail;

import io.promwarden.delivery.Deliverer;
import io.promwarden.delivery.DeliveryOutcome;
import io.promwarden.delivery.DeliveryOutcome.Accepted;
import io.promwarden.delivery.DeliveryOutcome.Failed;
import io.promwarden.delivery.DeliveryOutcome.InDoubt;
import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.MessageComposer;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.finding.Redaction;
import io.promwarden.finding.VisibleText;
import io.promwarden.report.GovernanceReport;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * Sends mail over SMTP, once. All recipients or none: a server that refuses one of them gets no message, so that a second
 * try sends nothing twice.
 */
public final class MailDeliverer implements Deliverer {

    private static final int REASON = 300;

    private final String channel;
    private final SmtpSettings server;
    private final List<String> to;
    private final Letter letter;

    /** A channel that sends mail to addresses of the job. */
    public MailDeliverer(
            String channel, SmtpSettings server, String from, List<String> to, MessageComposer composer, Clock clock) {
        this.channel = channel;
        this.server = server;
        this.to = List.copyOf(to);
        this.letter = new Letter(composer, from, to, clock);
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public DeliveryOutcome deliver(Dispatch dispatch, GovernanceReport report, RenderedFiles files) {
        Session session = Session.getInstance(properties());
        MimeMessage message;
        try {
            message = letter.write(session, dispatch, report, files);
        } catch (MessagingException | IOException e) {
            return new Failed("cannot write the mail: " + said(e));
        }
        WatchedTransport transport =
                new WatchedTransport(session, new URLName("smtp", server.host(), server.port(), null, null, null));
        try {
            if (server.login().isPresent()) {
                SmtpSettings.Login login = server.login().get();
                transport.connect(server.host(), server.port(), login.user(), login.password());
            } else {
                transport.connect(server.host(), server.port(), null, null);
            }
            transport.sendMessage(message, message.getAllRecipients());
            return new Accepted(where() + " for " + String.join(", ", to));
        } catch (MessagingException e) {
            return outcome(transport, e);
        } finally {
            close(transport);
        }
    }

    private DeliveryOutcome outcome(WatchedTransport transport, MessagingException e) {
        return switch (transport.reached()) {
            case ACCEPTED -> new Accepted(where() + " for " + String.join(", ", to));
            case NOT_HANDED_OVER -> new Failed(where() + ": " + said(e));
            case HANDED_OVER ->
                transport.refused()
                        ? new Failed(where() + ": " + said(e))
                        : new InDoubt(where() + " had the whole message and did not answer: " + said(e));
        };
    }

    /** What is said after the server's yes changes nothing. */
    private static void close(WatchedTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // The connection is gone, which is what closing it was for.
        }
    }

    private String where() {
        return server.host() + ":" + server.port();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(server.login().isPresent()));
        properties.put("mail.smtp.connectiontimeout", millis(server.timeouts().connect()));
        properties.put("mail.smtp.timeout", millis(server.timeouts().read()));
        properties.put("mail.smtp.writetimeout", millis(server.timeouts().write()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.sendpartial", "false");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (server.security()) {
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        server.trust().ifPresent(trust -> properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory()));
        return properties;
    }

    private static String millis(java.time.Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    /** The exception's words and those behind it, without line breaks and without our password. */
    private String said(Exception e) {
        StringBuilder words = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (words.indexOf(message.strip()) < 0) {
                words.append(words.isEmpty() ? "" : "; ").append(message.strip());
            }
        }
        String text = words.toString();
        for (String secret : secrets()) {
            text = text.replace(secret, "[redacted]");
        }
        return VisibleText.line(Redaction.text(text), REASON);
    }

    /** Our password, as it is and as SMTP writes it. */
    private List<String> secrets() {
        return server.login()
                .filter(login -> !login.password().isEmpty())
                .map(login -> List.of(
                        base64("\0" + login.user() + "\0" + login.password()),
                        base64(login.password()),
                        login.password()))
                .orElse(List.of());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
