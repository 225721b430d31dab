package io.promwarden.html;

import io.promwarden.report.Wording;
import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.DailyWindow;
import io.promwarden.retention.Effect;
import io.promwarden.retention.Figure;
import io.promwarden.retention.Outlook;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.PlanDocument.OfCluster;
import io.promwarden.retention.ReadBy;
import io.promwarden.retention.Refusal;
import io.promwarden.retention.RetentionPlan;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.retention.SealedPlan;
import io.promwarden.retention.StillWritten;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan in the words of somebody who has to answer for it. */
public record PlanView(
        String job,
        String file,
        String sha256,
        String made,
        String freshUntil,
        String headline,
        String tone,
        List<FirstScreen.Tile> tiles,
        String applyTo,
        String compaction,
        String command,
        Capped<Unseen> unseen,
        List<Server> servers,
        int moreServers,
        String version) {

    private static final int MOST_SERVERS = 40;
    private static final int MOST_LINES = 8;

    public record Unseen(String cluster, String what, String reason) {}

    public record Server(
            String name, String totals, boolean refused, List<Reason> refusals, Capped<Deletion> deletions) {}

    public record Reason(String code, String reason, String remedy) {}

    /** A question and its answer. */
    public record Fact(String label, String value, String how) {}

    public record Deletion(
            String selector,
            String because,
            String keep,
            boolean refused,
            List<Reason> refusals,
            List<Fact> facts,
            List<String> writers,
            String comesBack,
            List<Reading> readers,
            String readersRest,
            List<Change> prevention) {}

    public record Reading(String rule, String metrics, String lookBack, boolean beyond) {}

    public record Change(String where, String what) {}

    static PlanView of(SealedPlan plan) {
        PlanDocument document = plan.document();
        Budget budget = new Budget(600_000);
        List<RetentionPlan> plans = document.plans().toList();
        List<Server> servers = plans.stream()
                .limit(MOST_SERVERS)
                .map(one -> server(one, budget))
                .toList();
        return new PlanView(
                Shown.name(document.job()),
                Shown.name(document.file()),
                plan.sha256(),
                Wording.minute(document.madeAt()),
                Wording.minute(document.freshUntil()),
                headline(plans) + hidden(plans, servers),
                plans.stream().anyMatch(PlanView::refused) ? "warn" : "info",
                tiles(plans),
                document.applyTo().isEmpty()
                        ? "none: the job names nothing in applyTo, so this plan cannot be carried out"
                        : Shown.sentence(String.join(", ", document.applyTo())),
                document.compaction()
                        .map(PlanView::compaction)
                        .orElse("The job has no compact step: deleted samples stay on disk until Prometheus compacts"
                                + " their blocks by itself."),
                "promwarden apply plan.json",
                Capped.of(
                        document.clusters().stream()
                                .map(OfCluster::notRun)
                                .flatMap(List::stream)
                                .toList(),
                        100,
                        budget,
                        one -> new Unseen(
                                Shown.name(one.cluster()), Shown.sentence(one.what()), Shown.sentence(one.reason())),
                        row -> List.of(row.cluster(), row.what(), row.reason())),
                servers,
                Math.max(0, plans.size() - MOST_SERVERS),
                Shown.name(document.version()));
    }

    private static boolean refused(RetentionPlan plan) {
        return !plan.refusals().isEmpty()
                || plan.deletions().stream()
                        .anyMatch(deletion -> !deletion.refusals().isEmpty());
    }

    private static String headline(List<RetentionPlan> plans) {
        long planned = plans.stream().mapToLong(plan -> plan.deletions().size()).sum();
        long open = open(plans).size();
        if (planned == 0) {
            return plans.stream().anyMatch(PlanView::refused)
                    ? "Nothing may be deleted: see why below."
                    : "There is nothing to delete.";
        }
        String servers = Wording.count(plans.size(), "server");
        return open == planned
                ? Wording.count(planned, "deletion") + " on " + servers + " may be carried out."
                : open == 0
                        ? "Nothing may be deleted: " + Wording.count(planned, "planned deletion") + " on " + servers
                                + " refused."
                        : Wording.number(open) + " of " + Wording.count(planned, "planned deletion") + " on " + servers
                                + " may be carried out.";
    }

    /** Who says yes has to know of what may be carried out and is not on this page. */
    private static String hidden(List<RetentionPlan> plans, List<Server> servers) {
        long shown = servers.stream()
                .flatMap(server -> server.deletions().rows().stream())
                .filter(deletion -> !deletion.refused())
                .count();
        long hidden = open(plans).size() - shown;
        return hidden > 0
                ? " " + Wording.number(hidden) + " of these " + (hidden == 1 ? "is" : "are")
                        + " not shown on this page, and would be carried out all the same: read plan.json."
                : "";
    }

    private static List<PlannedDeletion> open(List<RetentionPlan> plans) {
        return plans.stream()
                .filter(RetentionPlan::allowed)
                .flatMap(plan -> plan.deletions().stream())
                .filter(deletion -> deletion.refusals().isEmpty())
                .toList();
    }

    private static List<FirstScreen.Tile> tiles(List<RetentionPlan> plans) {
        List<PlannedDeletion> open = open(plans);
        List<Effect> effects =
                open.stream().map(deletion -> deletion.outlook().effect()).toList();
        long back = open.stream()
                .filter(deletion -> !deletion.outlook().stillWritten().nothing())
                .count();
        return List.of(
                tile(
                        "Series",
                        Wording.number(
                                open.stream().mapToLong(PlannedDeletion::series).sum()),
                        "on " + Wording.count(plans.size(), "server")),
                tile("Samples", sum(effects.stream().map(Effect::samples).toList(), false), "gone for good"),
                tile(
                        "May come back",
                        sum(effects.stream().map(Effect::bytesBack).toList(), true),
                        "of disk space, once blocks are rewritten"),
                tile("Still written", Wording.number(back), "deletions whose series come back"));
    }

    private static FirstScreen.Tile tile(String label, String value, String detail) {
        return new FirstScreen.Tile(label, value, detail, "none", "#servers");
    }

    private static String sum(List<Figure> figures, boolean bytes) {
        if (figures.stream().anyMatch(figure -> !figure.known())) {
            return "not known";
        }
        long low = figures.stream().mapToLong(Figure::low).sum();
        long high = figures.stream().mapToLong(Figure::high).sum();
        boolean exact = figures.stream().allMatch(figure -> figure.certainty() == Figure.Certainty.EXACT);
        return (exact ? "" : "about ") + (bytes ? bytes(low, high) : numbers(low, high));
    }

    private static Server server(RetentionPlan plan, Budget budget) {
        RetentionPlan.Totals totals = plan.totals();
        String all = "holds "
                + (totals.series().known()
                        ? "at least " + Wording.count(totals.series().low(), "series", "series")
                        : "an unknown number of series")
                + (totals.blockBytes().known()
                        ? ", " + Wording.bytes(totals.blockBytes().high()) + " in blocks"
                        : "")
                + (totals.blocks().known()
                        ? "; up to " + Wording.count(totals.blocks().high(), "block") + " would be rewritten"
                        : "");
        return new Server(
                Shown.name(plan.server().text()),
                plan.deletions().isEmpty() ? "nothing is planned here" : all,
                !plan.refusals().isEmpty(),
                reasons(plan.refusals()),
                Capped.of(
                        plan.deletions(),
                        100,
                        budget,
                        deletion -> deletion(deletion, !plan.refusals().isEmpty()),
                        PlanView::texts));
    }

    private static List<String> texts(Deletion deletion) {
        List<String> texts = new ArrayList<>(List.of(deletion.selector(), deletion.because(), " ".repeat(1500)));
        deletion.refusals().forEach(reason -> texts.addAll(List.of(reason.reason(), reason.remedy())));
        texts.addAll(deletion.writers());
        deletion.readers().forEach(reading -> texts.addAll(List.of(reading.rule(), reading.metrics())));
        deletion.prevention().forEach(change -> texts.addAll(List.of(change.where(), change.what())));
        return texts;
    }

    private static List<Reason> reasons(List<Refusal> refusals) {
        return refusals.stream()
                .limit(MOST_LINES)
                .map(refusal ->
                        new Reason(refusal.code(), Shown.sentence(refusal.reason()), Shown.code(refusal.remedy())))
                .toList();
    }

    private static Deletion deletion(PlannedDeletion deletion, boolean serverRefuses) {
        Outlook outlook = deletion.outlook();
        List<ReadBy.Reader> readers = outlook.readBy().rules();
        return new Deletion(
                Shown.sentence(deletion.selector()),
                Shown.sentence(deletion.policy().because()),
                Wording.age(deletion.policy().keep()),
                serverRefuses || !deletion.refusals().isEmpty(),
                reasons(deletion.refusals()),
                facts(deletion),
                writers(outlook.stillWritten()),
                Shown.sentence(outlook.prevention().otherwise()),
                readers.stream().limit(MOST_LINES).map(PlanView::reading).toList(),
                outlook.readBy()
                        .unknown()
                        .map(why -> "Which rules read them is not known: " + Shown.sentence(why) + ".")
                        .orElse(
                                readers.isEmpty()
                                        ? "No rule of this server reads them. Dashboards are not known."
                                        : readers.size() > MOST_LINES
                                                ? Wording.number(readers.size() - MOST_LINES)
                                                        + " more rules in plan.json. Dashboards are not known."
                                                : "Dashboards are not known."),
                outlook.prevention().steps().stream()
                        .limit(MOST_LINES)
                        .map(step -> new Change(Shown.sentence(step.where()), Shown.code(step.what())))
                        .toList());
    }

    private static List<Fact> facts(PlannedDeletion deletion) {
        Effect effect = deletion.outlook().effect();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("From, to", Wording.range(deletion.start(), deletion.end()), "both included"));
        String metrics = deletion.outlook().metrics().entrySet().stream()
                .limit(MOST_LINES)
                .map(metric -> Shown.name(metric.getKey()) + " " + Wording.number(metric.getValue()))
                .collect(Collectors.joining(", "));
        int more = deletion.outlook().metrics().size() - MOST_LINES;
        facts.add(new Fact(
                "Series",
                Wording.number(deletion.series()),
                metrics + (more > 0 ? " and " + Wording.count(more, "more metric") : "")));
        facts.add(fact("Samples", effect.samples(), false));
        facts.add(fact("Blocks to rewrite", effect.blocks(), false));
        facts.add(fact("Disk space back", effect.bytesBack(), true));
        facts.add(fact("Room needed meanwhile", effect.bytesNeeded(), true));
        Figure seconds = effect.seconds();
        facts.add(new Fact(
                "Time to rewrite",
                seconds.known()
                        ? Wording.took(Duration.ofSeconds(seconds.low())) + " to "
                                + Wording.took(Duration.ofSeconds(seconds.high()))
                        : "not known",
                Shown.sentence(seconds.how())));
        return facts;
    }

    private static Fact fact(String label, Figure figure, boolean bytes) {
        String number = bytes ? bytes(figure.low(), figure.high()) : numbers(figure.low(), figure.high());
        return new Fact(
                label,
                switch (figure.certainty()) {
                    case EXACT -> number;
                    case ESTIMATE -> figure.low() == figure.high() ? "about " + number : number;
                    case UNKNOWN -> "not known";
                },
                Shown.sentence(figure.how()));
    }

    private static String numbers(long low, long high) {
        return low == high ? Wording.number(low) : Wording.number(low) + " to " + Wording.number(high);
    }

    private static String bytes(long low, long high) {
        String from = Wording.bytes(low);
        String to = Wording.bytes(high);
        return from.equals(to) ? from : from + " to " + to;
    }

    private static List<String> writers(StillWritten written) {
        List<String> writers = new ArrayList<>();
        written.scrapers().stream()
                .limit(MOST_LINES)
                .forEach(scraper -> writers.add(Wording.count(scraper.series(), "series", "series") + " by "
                        + (scraper.pool().isEmpty()
                                ? "no target of this server, job " + Shown.name(scraper.job())
                                : Shown.name(scraper.pool()))));
        if (written.scrapers().size() > MOST_LINES) {
            writers.add(Wording.count(written.scrapers().size() - MOST_LINES, "more scrape pool") + " in plan.json");
        }
        written.rules().stream()
                .limit(MOST_LINES)
                .forEach(rule -> writers.add(
                        "recording rule " + Shown.name(rule.rule()) + " of group " + Shown.name(rule.group())));
        written.unknown().ifPresent(why -> writers.add("not known: " + Shown.sentence(why)));
        return writers;
    }

    private static Reading reading(ReadBy.Reader reader) {
        return new Reading(
                Shown.name(reader.rule().rule()) + " ("
                        + Shown.name(reader.rule().group()) + ")",
                Shown.sentence(String.join(", ", reader.metrics())),
                reader.lookBack().map(back -> "at most " + Wording.age(back)).orElse("not known"),
                reader.beyondKeep());
    }

    private static String compaction(CompactionSettings settings) {
        return "Blocks are rewritten afterwards where at least " + settings.minGainPercent()
                + " % of their bytes are expected to come back"
                + settings.window()
                        .map(DailyWindow::text)
                        .map(text -> ", begun between " + text)
                        .orElse("") + ".";
    }
}
