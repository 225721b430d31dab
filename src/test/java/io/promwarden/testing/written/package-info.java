/** Servers that say what a text file writes, for tests of pure functions. */
@NullMarked
package io.promwarden.testing.written;

import org.jspecify.annotations.NullMarked;
