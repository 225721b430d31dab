package io.promwarden.catalog.target;

import io.promwarden.catalog.Explanations;
import io.promwarden.catalog.LongDown;
import io.promwarden.check.Check;
import io.promwarden.check.Evidence;
import io.promwarden.check.FindingDraft;
import io.promwarden.check.Inspection;
import io.promwarden.check.Need;
import io.promwarden.check.Question;
import io.promwarden.check.Subjects;
import io.promwarden.finding.Fix;
import io.promwarden.finding.Severity;
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
        return LongDown.questions(pool.targets());
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
            if (LongDown.of(evidence).holds(seen, evidence)) {
                down.add(address);
                servers.add(seen.server().instance());
                byError.computeIfAbsent(ScrapeError.generalised(target.lastError()), key -> new HashSet<>())
                        .add(target.instance());
            }
        }
        if (down.isEmpty() || reported(pool, evidence)) {
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

    /** All targets of a monitor's pool failing is what {@code monitor/not-scraped} reports, with its code. */
    private static boolean reported(Pool pool, Evidence evidence) {
        return evidence.inventory().isPresent()
                && pool.byOperator()
                && Explanations.of(evidence).reportsFailure(pool.name());
    }
}
