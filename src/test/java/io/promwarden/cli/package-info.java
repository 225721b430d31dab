/** Tests of the command line. */
@NullMarked
package io.promwarden.cli;

import org.jspecify.annotations.NullMarked;
