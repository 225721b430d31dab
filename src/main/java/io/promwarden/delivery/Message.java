package io.promwarden.delivery;

/**
 * A report as a message.
 *
 * @param subject one line, without control characters
 * @param text for readers without HTML; says the same
 */
public record Message(String subject, String text, String html) {}
