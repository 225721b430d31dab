package io.promwarden.batch;

import io.promwarden.job.StepSpec;
import java.util.List;

/** Counts the units of work of a run: a per-cluster step has one for each cluster. */
final class Units {

    private Units() {}

    static int count(List<StepSpec> steps, int clusters) {
        return steps.stream()
                .mapToInt(step -> step instanceof StepSpec.PerCluster ? clusters : 1)
                .sum();
    }
}
