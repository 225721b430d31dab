package io.promwarden.batch;

import io.promwarden.job.JobDefinition;
import io.promwarden.job.StepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Makes a Spring Batch job of a job definition: one step word, one step; clusters are its partitions. */
public final class JobAssembly {

    private static final int CLUSTERS_AT_ONCE = 4;

    private final JobRepository repository;
    private final ClusterSteps clusterSteps;
    private final RunSteps runSteps;
    private final UnitRunner units;

    public JobAssembly(JobRepository repository, ClusterSteps clusterSteps, RunSteps runSteps, UnitRunner units) {
        this.repository = repository;
        this.clusterSteps = clusterSteps;
        this.runSteps = runSteps;
        this.units = units;
    }

    /**
     * The job of a definition.
     *
     * @param clusters the names of the clusters that are looked at: the definition's, or a capture's
     */
    public Job assemble(JobDefinition definition, List<String> clusters) {
        List<Step> steps = new ArrayList<>();
        int of = Units.count(definition.steps(), clusters.size());
        int number = 1;
        for (StepSpec spec : definition.steps()) {
            steps.add(step(spec, clusters, number, of));
            number += Units.count(List.of(spec), clusters.size());
        }
        SimpleJobBuilder job = new JobBuilder(definition.name(), repository).start(steps.getFirst());
        steps.stream().skip(1).forEach(job::next);
        return job.build();
    }

    private Step step(StepSpec spec, List<String> clusters, int number, int of) {
        Progress.Unit unit = new Progress.Unit(spec.word(), "", number, of);
        return switch (spec) {
            case StepSpec.PerCluster perCluster -> partitioned(perCluster, clusters, number, of);
            case StepSpec.Report report -> single(spec, units.ofRun(unit, runSteps::report));
            case StepSpec.Deliver deliver -> single(spec, units.ofRun(unit, () -> runSteps.deliver(deliver)));
        };
    }

    /** One partition a cluster, named after it: {@code validate:eu-1}. */
    private Step partitioned(StepSpec.PerCluster spec, List<String> clusters, int firstNumber, int of) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        clusters.forEach(cluster -> numbers.put(cluster, firstNumber + numbers.size()));
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(spec.word() + "-");
        executor.setVirtualThreads(true);
        executor.setConcurrencyLimit(CLUSTERS_AT_ONCE);
        Tasklet work = units.ofCluster(spec.word(), numbers, of, cluster -> clusterSteps.result(spec, cluster));
        return new StepBuilder(spec.word(), repository)
                .partitioner(spec.word(), gridSize -> partitions(clusters))
                .step(single(spec, work))
                .taskExecutor(executor)
                .gridSize(clusters.size())
                .build();
    }

    private static Map<String, ExecutionContext> partitions(List<String> clusters) {
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        for (String cluster : clusters) {
            ExecutionContext keys = new ExecutionContext();
            keys.putString(UnitRunner.CLUSTER, cluster);
            partitions.put(cluster, keys);
        }
        return partitions;
    }

    private Step single(StepSpec spec, Tasklet tasklet) {
        return new StepBuilder(spec.word(), repository).tasklet(tasklet).build();
    }
}
