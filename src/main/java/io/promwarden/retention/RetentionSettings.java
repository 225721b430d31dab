package io.promwarden.retention;

import java.util.List;

/**
 * What a job says about deleting.
 *
 * @param apply false: only plan
 * @param applyTo the Prometheus objects ({@code namespace/name}) and static servers that may be changed
 * @param protect selectors whose series are never deleted
 * @param maxSeries cap on series per run and server
 */
public record RetentionSettings(
        List<RetentionPolicy> policies, boolean apply, List<String> applyTo, List<String> protect, long maxSeries) {
    public RetentionSettings {
        policies = List.copyOf(policies);
        applyTo = List.copyOf(applyTo);
        protect = List.copyOf(protect);
    }
}
