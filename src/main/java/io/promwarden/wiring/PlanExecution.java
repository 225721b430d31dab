package io.promwarden.wiring;

import io.promwarden.answer.Answer;
import io.promwarden.formats.PlanJson;
import io.promwarden.job.JobDefinition;
import io.promwarden.job.StepSpec;
import io.promwarden.retention.ClusterPlanning;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.PlanDocument.OfCluster;
import io.promwarden.retention.SealedPlan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the retention plan of a job by hand: reads its clusters, and changes nothing. */
public final class PlanExecution {

    private final Clock clock;

    public PlanExecution(Clock clock) {
        this.clock = clock;
    }

    /** The plan; unknown, with the reason, if the job plans nothing or its clusters cannot be opened. Blocks. */
    public Answer<SealedPlan> plan(
            JobDefinition definition, RunRequest.Where.Live where, Map<String, String> environment) {
        Optional<StepSpec.Retention> retention = definition.find(StepSpec.Retention.class);
        if (retention.isEmpty()) {
            return Answer.unknown("the job " + definition.name() + " has no retention step: there is nothing to plan");
        }
        return switch (LookedAt.open(reading(definition, where, environment), clock)) {
            case Answer.Unknown<LookedAt> unknown -> Answer.unknown(unknown.why());
            case Answer.Known<LookedAt> known -> {
                try (LookedAt lookedAt = known.known()) {
                    ClusterPlanning planning =
                            new ClusterPlanning(retention.get().settings(), clock);
                    List<OfCluster> clusters = new ArrayList<>();
                    for (String name : lookedAt.clusters()) {
                        clusters.add(planning.plan(
                                name, lookedAt.world().cluster(name).groups()));
                    }
                    yield Answer.known(PlanJson.seal(head(definition).document(clock.instant(), clusters)));
                }
            }
        };
    }

    /** A world to be read, with no run and no report behind it. */
    static RunRequest reading(JobDefinition definition, RunRequest.Where where, Map<String, String> environment) {
        return new RunRequest(
                definition,
                where,
                "mem:",
                Path.of(""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                environment);
    }

    /** What a plan of this job says of it; of one without a retention step nobody asks. */
    static PlanDocument.Head head(JobDefinition definition) {
        StepSpec.Retention retention = definition.find(StepSpec.Retention.class).orElseThrow();
        return new PlanDocument.Head(
                Version.text(),
                definition.name(),
                definition.file().toString(),
                definition.sha256(),
                retention.settings().applyTo(),
                definition.find(StepSpec.Compact.class).map(StepSpec.Compact::settings),
                retention.settings().limits().freshFor());
    }
}
