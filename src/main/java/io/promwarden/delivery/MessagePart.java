package io.promwarden.delivery;

import io.promwarden.report.GovernanceReport;

/** Says a report in one form of a message: as plain text, or as HTML that mail programs show. */
public interface MessagePart {

    /** The whole part. Pure: the same report gives the same text. */
    String render(GovernanceReport report);
}
