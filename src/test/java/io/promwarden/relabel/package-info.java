/** Tests of the relabel engine, by hand and against a real server. */
@NullMarked
package io.promwarden.relabel;

import org.jspecify.annotations.NullMarked;
