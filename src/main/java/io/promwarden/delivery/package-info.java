/**
 * To whom a report goes, and what is remembered of it: channels, the {@link io.promwarden.delivery.Deliverer} port that
 * sends, and the {@link io.promwarden.delivery.Outbox} that stores before it is sent.
 */
@NullMarked
package io.promwarden.delivery;

import org.jspecify.annotations.NullMarked;
