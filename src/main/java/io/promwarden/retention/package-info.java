/**
 * Deleting series by policy: what a policy may say, the plan with its fixed instants, the pre-flight that refuses, the
 * calls in their order, and the receipts that prove them. The law behind it is in docs/retention.md.
 *
 * <p>Owns the ports {@link io.promwarden.retention.TsdbAdmin} and {@link io.promwarden.retention.ReceiptBook}.
 */
@NullMarked
package io.promwarden.retention;

import org.jspecify.annotations.NullMarked;
