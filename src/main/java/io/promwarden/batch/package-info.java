/**
 * Spring Batch: a job definition becomes a job, a step word one step, a cluster one partition; which slot and attempt a
 * command stands for; stopping, recovery, and the exit code that comes of it all.
 *
 * <p>A step's body takes evidence, calls a pure function of floor 2 and stores the result. An {@code ExecutionContext} holds
 * keys only.
 */
@NullMarked
package io.promwarden.batch;

import org.jspecify.annotations.NullMarked;
