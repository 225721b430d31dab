package io.promwarden.manifests;

import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Endpoints objects of files, as the EndpointSlice that Kubernetes mirrors them into. */
final class MirroredEndpoints {

    private MirroredEndpoints() {}

    static boolean isEndpoints(RawObject object) {
        return object.kind().equals("Endpoints") && object.apiVersion().equals("v1");
    }

    /** One slice with the addresses and ports of all subsets, of which there is rarely more than one. */
    static RawObject slice(RawObject endpoints) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (!endpoints.namespace().isEmpty()) {
            metadata.put("namespace", endpoints.namespace());
        }
        metadata.put("name", endpoints.name());
        Map<String, @Nullable Object> labels = new LinkedHashMap<>(endpoints.labels());
        labels.put("kubernetes.io/service-name", endpoints.name());
        labels.put("endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io");
        metadata.put("labels", labels);
        List<Object> addresses = new ArrayList<>();
        List<Object> ports = new ArrayList<>();
        for (RawObject subset : endpoints.objects("subsets")) {
            subset.objects("addresses").forEach(address -> addresses.add(endpoint(address, true)));
            subset.objects("notReadyAddresses").forEach(address -> addresses.add(endpoint(address, false)));
            subset.objects("ports").forEach(port -> ports.add(port.tree()));
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", ObjectKind.ENDPOINT_SLICE.apiVersion());
        tree.put("kind", ObjectKind.ENDPOINT_SLICE.kind());
        tree.put("metadata", metadata);
        tree.put("ports", ports);
        tree.put("endpoints", addresses);
        return new RawObject(tree, endpoints.position());
    }

    private static Map<String, Object> endpoint(RawObject address, boolean ready) {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("addresses", List.of(address.text("ip").orElse("")));
        endpoint.put("conditions", Map.of("ready", ready));
        address.object("targetRef").ifPresent(reference -> endpoint.put("targetRef", reference.tree()));
        return endpoint;
    }
}
