package io.promwarden.mail;

import io.promwarden.delivery.Dispatch;
import io.promwarden.delivery.Message;
import io.promwarden.delivery.MessageComposer;
import io.promwarden.delivery.RenderedFiles;
import io.promwarden.report.GovernanceReport;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Makes the message that goes to a server or into a file: text, HTML, and the report's page attached. */
final class Letter {

    private static final String PAGE = "report.html";

    private final MessageComposer composer;
    private final String from;
    private final List<String> to;
    private final Clock clock;

    Letter(MessageComposer composer, String from, List<String> to, Clock clock) {
        this.composer = composer;
        this.from = from;
        this.to = List.copyOf(to);
        this.clock = clock;
    }

    /**
     * The message of one dispatch.
     *
     * @throws MessagingException if an address is none
     * @throws IOException if the page cannot be read
     */
    MimeMessage write(Session session, Dispatch dispatch, GovernanceReport report, RenderedFiles files)
            throws MessagingException, IOException {
        Message words = composer.compose(report, dispatch.possiblyTwice());
        MimeMessage message = new WithFixedId(session, dispatch.messageId());
        message.setFrom(new InternetAddress(from, true));
        for (String address : to) {
            message.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(address, true));
        }
        message.setSubject(words.subject(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        if (dispatch.possiblyTwice()) {
            message.setHeader("X-Promwarden-Possibly-Twice", "true");
        }
        message.setContent(content(words, files));
        message.saveChanges();
        return message;
    }

    private static MimeMultipart content(Message words, RenderedFiles files) throws MessagingException, IOException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(words.text(), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(words.html(), "UTF-8", "html");
        MimeMultipart alternative = new MimeMultipart("alternative", text, html);
        Optional<Path> page =
                files.files().stream().filter(file -> file.endsWith(PAGE)).findFirst();
        if (page.isEmpty()) {
            return alternative;
        }
        MimeBodyPart both = new MimeBodyPart();
        both.setContent(alternative);
        MimeBodyPart attached = new MimeBodyPart();
        attached.setDataHandler(new DataHandler(new ByteArrayDataSource(
                Files.readAllBytes(files.folder().resolve(page.get())), "text/html; charset=UTF-8")));
        attached.setFileName(PAGE);
        attached.setDisposition(Part.ATTACHMENT);
        return new MimeMultipart("mixed", both, attached);
    }

    /** Jakarta Mail makes an id of its own at each save, unless told not to. */
    private static final class WithFixedId extends MimeMessage {
        private final String id;

        WithFixedId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
