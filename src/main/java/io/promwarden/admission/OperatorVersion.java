package io.promwarden.admission;

import io.promwarden.inventory.RawObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Prometheus Operator's version: some of its rules came, and went, with a release. */
public record OperatorVersion(SemanticVersion version) {

    private static final String ANNOTATION = "operator.prometheus.io/version";

    /** What is assumed where nothing tells the version. */
    public static OperatorVersion newest() {
        return new OperatorVersion(SemanticVersion.of("0.93.0"));
    }

    /** The version that CRDs are annotated with, the highest if they differ; empty when none says it. */
    public static Optional<OperatorVersion> of(List<RawObject> crds) {
        return crds.stream()
                .flatMap(crd -> Stream.ofNullable(crd.annotations().get(ANNOTATION)))
                .flatMap(text -> SemanticVersion.tolerant(text).stream())
                .max(SemanticVersion::compareTo)
                .map(OperatorVersion::new);
    }

    boolean atLeast(String floor) {
        return version.atLeast(floor);
    }

    boolean before(String ceiling) {
        return version.before(ceiling);
    }
}
