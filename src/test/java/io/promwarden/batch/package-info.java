/** Tests of slots, units of work and restarts. */
@NullMarked
package io.promwarden.batch;

import org.jspecify.annotations.NullMarked;
