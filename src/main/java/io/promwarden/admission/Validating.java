package io.promwarden.admission;

import io.promwarden.admission.Validation.Note;
import io.promwarden.admission.Validation.Outcome;
import io.promwarden.finding.Severity;
import io.promwarden.inventory.Monitor;
import io.promwarden.inventory.ObjectMeta;
import io.promwarden.inventory.Position;
import io.promwarden.inventory.PrometheusObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the records of {@code promwarden validate}: one for each monitor and each Prometheus that selects it. */
public final class Validating {

    /** The check that these notes belong to; only here are fields seen that trimming leaves out. */
    public static final String FIELD_UNKNOWN = "monitor/field-unknown";

    private final Admission admission;
    private final List<PrometheusObject> prometheuses;
    private final Selection selection;

    /**
     * For one world.
     *
     * @param namespaces those that the world has
     */
    public Validating(Admission admission, List<PrometheusObject> prometheuses, List<ObjectMeta> namespaces) {
        this.admission = admission;
        this.prometheuses = List.copyOf(prometheuses);
        this.selection = new Selection(prometheuses, namespaces);
    }

    public List<Validation> of(Monitor monitor) {
        SchemaResult schema = admission.schema(monitor);
        List<Validation> all = new ArrayList<>();
        for (PrometheusObject prometheus : prometheuses) {
            Selection.Fit selects = selection.choice(prometheus, monitor).picked();
            if (selects != Selection.Fit.NO) {
                Verdict verdict = verdict(monitor, prometheus, schema, selects);
                String name = prometheus.title();
                all.add(record(monitor, Optional.of(name), Outcome.of(verdict.outcome()), verdict));
            }
        }
        if (all.isEmpty()) {
            // What the API server refuses is never there to be selected.
            boolean refused = !schema.violations().isEmpty();
            Verdict verdict =
                    refused ? Verdict.rejected(Layer.SCHEMA, schema.violations()) : Verdict.accepted(List.of());
            all.add(record(monitor, Optional.empty(), refused ? Outcome.REJECTED : Outcome.NOT_SELECTED, verdict));
        }
        all.set(0, all.getFirst().withFindings(unknownFields(schema)));
        return all;
    }

    private Verdict verdict(Monitor monitor, PrometheusObject prometheus, SchemaResult schema, Selection.Fit selects) {
        Verdict verdict = admission.judge(monitor, prometheus);
        if (verdict.outcome() != Verdict.Outcome.ACCEPTED) {
            boolean controller =
                    verdict.layer().filter(Layer.CONTROLLER::equals).isPresent();
            return controller && selects == Selection.Fit.UNKNOWN ? unselected(monitor) : verdict;
        }
        if (selects == Selection.Fit.UNKNOWN) {
            return unselected(monitor);
        }
        if (!schema.notJudged().isEmpty()) {
            return Verdict.unknown(schema.notJudged().stream()
                    .map(rule -> new Reason(Rules.SCHEMA, "", "this part of the CRD can't be evaluated here: " + rule))
                    .toList());
        }
        return verdict;
    }

    private static Verdict unselected(Monitor monitor) {
        return Verdict.unknown(List.of(new Reason(
                "SELECTION",
                "metadata.namespace",
                "the Prometheus selects namespaces by their labels, and the Namespace "
                        + monitor.meta().namespace() + " is not among the manifests")));
    }

    private static Validation record(Monitor monitor, Optional<String> prometheus, Outcome outcome, Verdict verdict) {
        Optional<Position> position = monitor.raw().position();
        return new Validation(
                position.map(Position::file).orElse(""),
                position.map(Position::line).orElse(1),
                Optional.of(monitor.kind().kind()),
                monitor.meta().namespace(),
                monitor.meta().name(),
                prometheus,
                Optional.of(outcome),
                verdict.layer(),
                verdict.reasons(),
                verdict.dropped(),
                List.of());
    }

    private static List<Note> unknownFields(SchemaResult schema) {
        return schema.unknownFields().stream()
                .map(field -> new Note(
                        FIELD_UNKNOWN,
                        Severity.WARNING,
                        Optional.of(field.path()),
                        "the API server takes this field away, since the schema does not know it"
                                + field.likely()
                                        .map(likely -> "; was " + likely + " meant?")
                                        .orElse("")))
                .toList();
    }
}
