/**
 * Mail: over SMTP, or into a file beside the report. Both send the same message.
 *
 * <p>What a message says comes from {@code delivery.MessageComposer}; here it gets its headers, its parts and its
 * attachment, and the answer of the server is read for what it promises.
 */
@NullMarked
package io.promwarden.mail;

import org.jspecify.annotations.NullMarked;
