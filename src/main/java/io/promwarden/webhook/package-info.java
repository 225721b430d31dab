/**
 * A short JSON document about a run, posted to one URL of the job's choice.
 *
 * <p>The whole report is not sent: {@code report.json} holds it. The document is described in docs/delivery.md.
 */
@NullMarked
package io.promwarden.webhook;

import org.jspecify.annotations.NullMarked;
