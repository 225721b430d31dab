package io.promwarden.report;

/** Turns a report into a file. */
public interface ReportRenderer {

    /** The file's name, e.g. {@code report.html}. */
    String fileName();

    /** The whole file. Pure: the same report gives the same bytes. */
    byte[] render(GovernanceReport report);
}
