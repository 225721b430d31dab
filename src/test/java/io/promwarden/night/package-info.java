/**
 * Whole runs through the command line, against real servers and an API server: a small cluster is put together, a job is run,
 * and what came of it is looked at from outside.
 */
@NullMarked
package io.promwarden.night;

import org.jspecify.annotations.NullMarked;
