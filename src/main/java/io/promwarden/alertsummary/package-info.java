/**
 * What fires and is pending now, what of it is silenced or inhibited, and which rules have errors: pure functions over
 * {@code observation}, with replicas deduplicated.
 */
@NullMarked
package io.promwarden.alertsummary;

import org.jspecify.annotations.NullMarked;
