/**
 * What a job is: a YAML file under {@code jobs/}, read by {@code JobDefinitionReader} into a {@link
 * io.promwarden.job.JobDefinition}, or into all of its problems at once.
 *
 * <p>A step word is one record of the sealed {@link io.promwarden.job.StepSpec}. Secrets are references here, never values;
 * {@code wiring} resolves them.
 */
@NullMarked
package io.promwarden.job;

import org.jspecify.annotations.NullMarked;
