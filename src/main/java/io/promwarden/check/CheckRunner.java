package io.promwarden.check;

import io.promwarden.answer.Answer;
import io.promwarden.finding.CheckId;
import io.promwarden.finding.Finding;
import io.promwarden.finding.NotRun;
import io.promwarden.inventory.ClusterInventory;
import io.promwarden.observation.MetricsServer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Fetches what all checks need, once, and asks each check about each of its subjects. What could not be fetched is told
 * once per check and cause.
 */
public final class CheckRunner {

    private static final int CHUNK = 256;

    private final List<Check<?>> catalog;
    private final boolean onlyCluster;

    /** For a job that may have several clusters: an exemption that names no cluster is never called unused. */
    public CheckRunner(List<Check<?>> catalog) {
        this(catalog, false);
    }

    /**
     * A runner of these checks.
     *
     * @param onlyCluster the job has no other cluster, so that an exemption that covers nothing here covers nothing
     */
    public CheckRunner(List<Check<?>> catalog, boolean onlyCluster) {
        this.catalog = List.copyOf(catalog);
        this.onlyCluster = onlyCluster;
    }

    /**
     * Asks all checks.
     *
     * @param stopped asked before each subject; once it says true, what was not judged yet is reported as not run
     */
    public CheckResults run(Evidence evidence, List<Exemption> ofJob, LocalDate today, BooleanSupplier stopped) {
        List<Check<?>> checks = catalog.stream()
                .filter(check -> evidence.inventory().isPresent()
                        || needs(check).stream().noneMatch(Need::ofKubernetes))
                .toList();
        Set<Need> wanted = EnumSet.noneOf(Need.class);
        checks.forEach(check -> {
            wanted.addAll(needs(check));
            wanted.addAll(check.wants());
        });
        Run run = new Run(evidence, stopped);
        evidence.fetch(wanted);
        Map<Subjects<?>, List<Check<?>>> bySubjects = new LinkedHashMap<>();
        for (Check<?> check : checks) {
            if (run.ready(check)) {
                bySubjects
                        .computeIfAbsent(check.subject(), key -> new ArrayList<>())
                        .add(check);
            }
        }
        bySubjects.forEach(run::judge);
        return results(run, checks, ExemptionBook.of(evidence.cluster(), evidence.inventory(), ofJob), today);
    }

    private CheckResults results(Run run, List<Check<?>> checks, ExemptionBook book, LocalDate today) {
        List<Finding> open = new ArrayList<>();
        List<CheckResults.Exempted> exempted = new ArrayList<>();
        Set<Exemption> used = new HashSet<>();
        for (Finding finding : run.findings) {
            book.covering(finding.check(), finding.subject()).forEach(used::add);
            Optional<Exemption> exemption = book.find(finding.check(), finding.subject(), today);
            if (exemption.isEmpty()) {
                open.add(finding);
            } else {
                String until = exemption.get().until().map(LocalDate::toString).orElse("");
                exempted.add(new CheckResults.Exempted(finding, exemption.get().reason(), until));
            }
        }
        Set<CheckId> judged = new HashSet<>();
        checks.forEach(check -> judged.add(check.id()));
        run.notRun.forEach(notRun -> judged.removeIf(id -> id.toString().equals(notRun.what())));
        open.addAll(new ExemptionFindings(run.evidence.cluster(), known(), today).of(book, used, judged, onlyCluster));
        exempted.sort((one, other) -> one.finding().compareTo(other.finding()));
        return new CheckResults(open, exempted, List.copyOf(run.notRun), checks.size(), run.judged);
    }

    private Set<CheckId> known() {
        Set<CheckId> known = new HashSet<>(ExemptionFindings.IDS);
        known.add(ExemptionBook.COVERAGE);
        catalog.forEach(check -> known.add(check.id()));
        return known;
    }

    private static Set<Need> needs(Check<?> check) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        needs.addAll(check.needs());
        needs.addAll(check.subject().needs());
        return needs;
    }

    /** One cluster's run, while it goes on. */
    private static final class Run {
        private final Evidence evidence;
        private final BooleanSupplier stopped;
        private final List<Finding> findings = new ArrayList<>();
        private final Set<NotRun> notRun = new TreeSet<>();
        private int judged;

        Run(Evidence evidence, BooleanSupplier stopped) {
            this.evidence = evidence;
            this.stopped = stopped;
        }

        /** Whether a check has what it can't do without; what is missing of it is told. */
        boolean ready(Check<?> check) {
            boolean complete = true;
            for (Need need : needs(check)) {
                if (need.ofKubernetes()) {
                    ClusterInventory declared = evidence.declared();
                    Optional<String> reason = need.in(declared).reason();
                    reason.ifPresent(why -> missing(check, need.word() + ": " + why));
                    complete &= reason.isEmpty();
                } else {
                    complete &= servers(check, need);
                }
            }
            return complete;
        }

        /** One answering server is enough to go on; the others are told. */
        private boolean servers(Check<?> check, Need need) {
            if (evidence.metrics().isEmpty()) {
                missing(check, "no Prometheus server was found to ask");
                return false;
            }
            evidence.metrics().unreached().forEach(unreached -> missing(check, unreached.text()));
            boolean any = false;
            for (MetricsServer server : evidence.metrics().answering()) {
                Optional<String> reason = need.of(server).reason();
                reason.ifPresent(why -> missing(check, server.id().text() + ": " + why));
                any |= reason.isEmpty();
            }
            return any;
        }

        @SuppressWarnings("unchecked") // checks are grouped by the very subjects that they ask for
        <S> void judge(Subjects<S> subjects, List<Check<?>> checks) {
            switch (subjects.all().apply(evidence)) {
                case Answer.Unknown<Stream<S>> unknown -> checks.forEach(check -> missing(check, unknown.why()));
                case Answer.Known<Stream<S>> all -> {
                    Iterator<S> rest = all.known().iterator();
                    while (rest.hasNext()) {
                        List<S> chunk = new ArrayList<>(CHUNK);
                        while (rest.hasNext() && chunk.size() < CHUNK) {
                            chunk.add(rest.next());
                        }
                        if (!judge(chunk, (List<Check<S>>) (List<?>) checks)) {
                            checks.forEach(check -> missing(check, "the run was stopped before it was done"));
                            return;
                        }
                    }
                }
            }
        }

        private <S> boolean judge(List<S> chunk, List<Check<S>> checks) {
            List<Question> questions = new ArrayList<>();
            for (Check<S> check : checks) {
                chunk.forEach(subject -> questions.addAll(check.asks(subject, evidence)));
            }
            evidence.ask(questions);
            for (S subject : chunk) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                for (Check<S> check : checks) {
                    switch (check.inspect(subject, evidence)) {
                        case Inspection.Inspected inspected -> {
                            findings.addAll(inspected.findings());
                            judged++;
                        }
                        case Inspection.NotRun unjudged -> missing(check, unjudged.reason());
                    }
                }
            }
            return true;
        }

        private void missing(Check<?> check, String reason) {
            notRun.add(new NotRun(evidence.cluster(), check.id().toString(), reason));
        }
    }
}
