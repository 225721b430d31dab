package io.promwarden.explain;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to one object that may mend one link.
 *
 * @param text one sentence, imperative
 */
record Change(PatchFix.Target target, RawObject before, String text, Map<String, @Nullable Object> patch) {

    static Change of(RawObject before, String text, Map<String, @Nullable Object> patch) {
        return new Change(
                new PatchFix.Target(before.apiVersion(), before.kind(), before.namespace(), before.name()),
                before,
                text,
                patch);
    }

    static Change of(Monitor monitor, String text, Map<String, @Nullable Object> patch) {
        return new Change(
                new PatchFix.Target(
                        monitor.kind().apiVersion(),
                        monitor.kind().kind(),
                        monitor.meta().namespace(),
                        monitor.meta().name()),
                monitor.raw(),
                text,
                patch);
    }

    static Change of(PrometheusObject prometheus, String text, Map<String, @Nullable Object> patch) {
        return new Change(
                new PatchFix.Target(
                        prometheus.kind().apiVersion(),
                        prometheus.kind().kind(),
                        prometheus.meta().namespace(),
                        prometheus.meta().name()),
                prometheus.raw(),
                text,
                patch);
    }
}
