package io.promwarden.admission;

import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.PrometheusObject;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import io.promwarden.manifests.ManifestData;
import io.promwarden.manifests.ManifestReader;
import io.promwarden.manifests.Manifests;
import java.util.List;

/** A Prometheus, an object that it selects, and the Secrets and ConfigMaps that exist, from one text of YAML. */
record World(PrometheusObject prometheus, Monitor monitor, ReferencedData data) {

    static World parse(String name, String yaml) {
        Manifests read = ManifestReader.parse(name, yaml);
        if (!read.problems().isEmpty()) {
            throw new IllegalArgumentException(read.problems().toString());
        }
        List<PrometheusObject> prometheuses = read.objects().stream()
                .filter(object -> is(object, ObjectKind.PROMETHEUS) || is(object, ObjectKind.PROMETHEUS_AGENT))
                .map(object -> PrometheusObject.of(
                        is(object, ObjectKind.PROMETHEUS) ? ObjectKind.PROMETHEUS : ObjectKind.PROMETHEUS_AGENT,
                        object))
                .toList();
        List<Monitor> monitors = List.of(
                        ObjectKind.SERVICE_MONITOR, ObjectKind.POD_MONITOR, ObjectKind.PROBE, ObjectKind.SCRAPE_CONFIG)
                .stream()
                .flatMap(kind -> read.objects().stream()
                        .filter(object -> is(object, kind))
                        .map(object -> Monitor.of(kind, object)))
                .toList();
        if (prometheuses.size() != 1 || monitors.size() != 1) {
            throw new IllegalArgumentException(name + ": one Prometheus and one monitor make a world");
        }
        return new World(
                prometheuses.getFirst(), monitors.getFirst(), new ManifestData(read.objects(), "default", true));
    }

    private static boolean is(RawObject object, ObjectKind kind) {
        return object.kind().equals(kind.kind());
    }

    /** What becomes of the object under the newest operator. */
    Verdict verdict(Schemas schemas) {
        return verdict(schemas, OperatorVersion.newest());
    }

    Verdict verdict(Schemas schemas, OperatorVersion operator) {
        return new Admission(schemas, new ControllerRules(operator), data).judge(monitor, prometheus);
    }

    /** Schemas that take everything as it is. */
    static Schemas taking() {
        return new Schemas() {
            @Override
            public SchemaResult admit(ObjectKind kind, RawObject object) {
                return new SchemaResult(object, List.of(), List.of(), List.of());
            }

            @Override
            public boolean essentialsOnly(ObjectKind kind) {
                return true;
            }
        };
    }
}
