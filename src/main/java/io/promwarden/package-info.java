/** Promwarden: {@code main()} and nothing else; the floors below hold all the rest (see ARCHITECTURE.md). */
@NullMarked
package io.promwarden;

import org.jspecify.annotations.NullMarked;
