package io.promwarden.catalog.target;

import io.promwarden.answer.Answer;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
import io.promwarden.label.Labels;
import io.promwarden.observation.Sample;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Target;
import io.promwarden.observation.TargetsSeen;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Targets that are down, and have been for a quarter of an hour: one finding for a scrape pool, not one for a pod. */
public final class Down implements Check<Pool> {

    /** Gives every target that was never up in that time; a pod that is just being replaced is not among them. */
    static final String LONG_DOWN = "max_over_time(up[15m]) == 0";

    @Override
    public Subjects<Pool> subject() {
        return Pool.ALL;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TARGETS);
    }

    @Override
    public List<Question> asks(Pool pool, Evidence evidence) {
        return pool.targets().stream()
                .filter(seen -> seen.target().health() == Target.Health.DOWN)
                .map(seen -> new Question(seen.server(), LONG_DOWN))
                .distinct()
                .toList();
    }

    @Override
    public Inspection inspect(Pool pool, Evidence evidence) {
        Set<String> all = new HashSet<>();
        Set<String> down = new HashSet<>();
        Set<String> servers = new TreeSet<>();
        Map<String, Set<String>> byError = new HashMap<>();
        for (TargetsSeen.Seen seen : pool.targets()) {
            Target target = seen.target();
            String address = target.scheme() + "://" + target.address() + target.path() + " " + target.instance();
            all.add(address);
            if (target.health() == Target.Health.DOWN && lasting(seen, evidence)) {
                down.add(address);
                servers.add(seen.server().instance());
                byError.computeIfAbsent(ScrapeError.generalised(target.lastError()), key -> new HashSet<>())
                        .add(target.instance());
            }
        }
        if (down.isEmpty()) {
            return Inspection.clean();
        }
        List<Map.Entry<String, Set<String>>> errors = byError.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Set<String>>>comparingInt(
                                error -> -error.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        String first = errors.get(0).getKey();
        FindingDraft draft = on(pool, evidence)
                .aspect(pool.owner() + " " + pool.name())
                .severity(down.size() == all.size() ? Severity.ERROR : Severity.WARNING)
                .fact("scrape pool", pool.name())
                .fact("down", down.size() + " of " + all.size());
        for (Map.Entry<String, Set<String>> error : errors.subList(0, Math.min(5, errors.size()))) {
            String example = error.getValue().stream().sorted().findFirst().orElse("");
            draft.fact("error", error.getKey() + " (" + error.getValue().size() + ", such as " + example + ")");
        }
        return Inspection.found(draft.fact("seen by", String.join(", ", servers))
                .fix(Fix.of(ScrapeError.advice(first)))
                .say(counted(down.size(), all.size(), pool.name()) + first));
    }

    private static String counted(int down, int all, String pool) {
        if (all == 1) {
            return "The only target of " + pool + " is down: ";
        }
        return (down == all ? "All " + all : down + " of " + all) + " targets of " + pool + " are down: ";
    }

    /** Where the server can't say since when, being down now is what counts. */
    private static boolean lasting(TargetsSeen.Seen seen, Evidence evidence) {
        return evidence.derived(LongDown.class, every -> new LongDown(new HashMap<>()))
                .holds(seen, evidence);
    }

    /** The label sets of targets that have long been down, by server; filled as servers come up. */
    record LongDown(Map<ServerId, Answer<Set<Labels>>> byServer) {
        boolean holds(TargetsSeen.Seen seen, Evidence evidence) {
            return byServer.computeIfAbsent(
                            seen.server(),
                            server -> evidence.answer(new Question(server, LONG_DOWN))
                                    .map(samples -> {
                                        Set<Labels> labels = new HashSet<>();
                                        samples.stream()
                                                .map(Sample::labels)
                                                .map(one -> one.without("__name__"))
                                                .forEach(labels::add);
                                        return labels;
                                    }))
                    .value()
                    .map(labels -> labels.contains(seen.target().labels()))
                    .orElse(true);
        }
    }
}
