package io.promwarden.retention;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a job says about deleting.
 *
 * @param apply false: only plan
 * @param applyTo the Prometheus objects ({@code namespace/name}) and static servers that may be changed
 * @param protect selectors whose series are never deleted, besides those that never are
 * @param everything for how long Prometheus itself is meant to keep everything; only ever checked, never deleted by
 * @param freeSpace a PromQL expression for the free bytes of the volume that a server's data is on, in which
 *     {@code $namespace}, {@code $pod} and {@code $claim} stand for its pod's; empty for the kubelet's own figure
 * @param snapshot true if a snapshot is to be made before anything is deleted
 */
public record RetentionSettings(
        List<RetentionPolicy> policies,
        boolean apply,
        List<String> applyTo,
        List<String> protect,
        Limits limits,
        Optional<Duration> everything,
        Optional<String> freeSpace,
        boolean snapshot) {

    /** No policies: nothing is planned. */
    public static final RetentionSettings NONE = of(List.of(), false, List.of(), List.of());

    public RetentionSettings {
        policies = List.copyOf(policies);
        applyTo = List.copyOf(applyTo);
        protect = List.copyOf(protect);
    }

    /** With all else as usual. */
    public static RetentionSettings of(
            List<RetentionPolicy> policies, boolean apply, List<String> applyTo, List<String> protect) {
        return new RetentionSettings(
                policies, apply, applyTo, protect, Limits.USUAL, Optional.empty(), Optional.empty(), false);
    }

    public RetentionSettings withApply(boolean changed) {
        return new RetentionSettings(policies, changed, applyTo, protect, limits, everything, freeSpace, snapshot);
    }

    public RetentionSettings withLimits(Limits changed) {
        return new RetentionSettings(policies, apply, applyTo, protect, changed, everything, freeSpace, snapshot);
    }

    public RetentionSettings withFreeSpace(String expression) {
        return new RetentionSettings(
                policies, apply, applyTo, protect, limits, everything, Optional.of(expression), snapshot);
    }

    public RetentionSettings withSnapshot(boolean changed) {
        return new RetentionSettings(policies, apply, applyTo, protect, limits, everything, freeSpace, changed);
    }
}
