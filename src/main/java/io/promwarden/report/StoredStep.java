package io.promwarden.report;

import java.time.Duration;

/**
 * A step's stored result.
 *
 * @param step the step's word in the job: validate, retention, compact, coverage or alerts
 */
public record StoredStep(String cluster, String step, Duration took, StepResult result) {}
