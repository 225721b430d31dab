package io.promwarden.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP transport that remembers how far it came. Until the dot that ends DATA is on its way a server cannot accept a
 * message; from then on only its answer says whether it has.
 */
final class WatchedTransport extends SMTPTransport {

    /** How far a message came. */
    enum Reached {
        NOT_HANDED_OVER,
        HANDED_OVER,
        ACCEPTED
    }

    private Reached reached = Reached.NOT_HANDED_OVER;

    private @Nullable OutputStream message;

    WatchedTransport(Session session, URLName server) {
        super(session, server);
    }

    Reached reached() {
        return reached;
    }

    /** True if the server's last word was a refusal: a whole answer, and no yes. */
    boolean refused() {
        return getLastReturnCode() >= 400;
    }

    @Override
    protected OutputStream data() throws MessagingException {
        OutputStream opened = super.data();
        message = opened;
        return opened;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        // What breaks while the rest of the message is flushed breaks before the dot.
        if (message instanceof SMTPOutputStream lines) {
            lines.ensureAtBOL();
            lines.flush();
        }
        reached = Reached.HANDED_OVER;
        super.finishData();
        reached = Reached.ACCEPTED;
    }
}
