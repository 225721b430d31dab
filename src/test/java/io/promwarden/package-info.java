/** Tests of the whole: the architecture, and runs from end to end. */
@NullMarked
package io.promwarden;

import org.jspecify.annotations.NullMarked;
