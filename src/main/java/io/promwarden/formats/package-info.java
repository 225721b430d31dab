/**
 * The report in forms that need no template: JSON for programs, plain text for mail, a table for terminals.
 *
 * <p>What comes from the cluster passes through {@code VisibleText} wherever a person reads it. Pages and HTML mails are in
 * {@code html}.
 */
@NullMarked
package io.promwarden.formats;

import org.jspecify.annotations.NullMarked;
