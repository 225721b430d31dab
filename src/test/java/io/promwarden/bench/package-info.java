/** Benchmarks: programs that measure and print, run by hand (bench/README.md). Not tests: they assert nothing. */
@NullMarked
package io.promwarden.bench;

import org.jspecify.annotations.NullMarked;
