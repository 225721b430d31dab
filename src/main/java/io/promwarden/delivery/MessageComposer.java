package io.promwarden.delivery;

import io.promwarden.finding.VisibleText;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.Summary;
import io.promwarden.report.Wording;
import java.util.List;

/** Makes the message that a channel for people sends. */
public final class MessageComposer {

    private static final int SUBJECT = 180;
    private static final int CLUSTERS_NAMED = 3;

    private final MessagePart text;
    private final MessagePart html;

    /** A composer of messages with these two parts. */
    public MessageComposer(MessagePart text, MessagePart html) {
        this.text = text;
        this.html = html;
    }

    /**
     * The message about a report.
     *
     * @param possiblyTwice the receiver may have it already, and is told so
     */
    public Message compose(GovernanceReport report, boolean possiblyTwice) {
        return new Message(subject(report, possiblyTwice), text.render(report), html.render(report));
    }

    private static String subject(GovernanceReport report, boolean possiblyTwice) {
        Summary summary = Summary.of(report);
        String where = clusters(summary.clusters());
        String subject = "[Promwarden] " + report.run().job() + (where.isEmpty() ? "" : " on " + where) + ": "
                + summary.shortly();
        return (possiblyTwice ? "(possibly twice) " : "") + VisibleText.line(subject, SUBJECT);
    }

    private static String clusters(List<String> clusters) {
        if (clusters.size() <= CLUSTERS_NAMED) {
            return String.join(", ", clusters);
        }
        return String.join(", ", clusters.subList(0, CLUSTERS_NAMED)) + " and "
                + Wording.number(clusters.size() - CLUSTERS_NAMED) + " more";
    }
}
