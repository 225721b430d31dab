/** The store on real databases: one contract per port, run on H2 in a file and on PostgreSQL. */
@NullMarked
package io.promwarden.history;

import org.jspecify.annotations.NullMarked;
