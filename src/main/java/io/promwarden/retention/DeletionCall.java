package io.promwarden.retention;

import io.promwarden.answer.Answer;
import io.promwarden.label.Labels;
import io.promwarden.label.SeriesSelector;
import io.promwarden.observation.OwnMetrics;
import io.promwarden.retention.RetentionPlan.PlannedDeletion;
import io.promwarden.retention.TsdbAdmin.CallOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Carries out one planned deletion on one replica: counts, writes the intent down, sends the call once, counts again, and
 * closes the receipt with what that proves.
 */
final class DeletionCall {

    /** What became of it. */
    sealed interface Ending {}

    /** There is nothing left to delete; nothing was sent. */
    record NothingLeft() implements Ending {}

    /** Something could not be known beforehand; nothing was sent. */
    record NotSent(String reason) implements Ending {}

    /** Sent, and the receipt is closed. */
    record Closed(Receipt receipt, CallOutcome outcome) implements Ending {}

    /** Somebody asked to stop while it was looked at; nothing was sent. */
    record StoppedBefore() implements Ending {}

    /** Sent, not answered, and the run is to stop: the next try closes the receipt from evidence. */
    record LeftOpen() implements Ending {}

    /** Sent, not answered, and perhaps still going on: a later run closes the receipt, and until then nothing else is sent. */
    record StillOpen(String reason) implements Ending {}

    private final ReceiptBook book;
    private final String runId;
    private final Clock clock;
    private final Watch watch;
    private final Patience patience;
    private final PodObserver observer;

    DeletionCall(ReceiptBook book, String runId, Clock clock, Watch watch, Patience patience, PodObserver observer) {
        this.book = book;
        this.runId = runId;
        this.clock = clock;
        this.watch = watch;
        this.patience = patience;
        this.observer = observer;
    }

    /**
     * Carries it out.
     *
     * @param planned the selectors of all deletions on this replica, which no control may be among
     */
    Ending carryOut(
            Replica replica,
            PlannedDeletion deletion,
            StoredSamples stored,
            List<CompiledSelector> planned,
            Instant madeAt) {
        SeriesSelector selector = selector(deletion, planned);
        Answer<List<Labels>> listed = stored.series(selector, deletion.start(), deletion.end());
        if (!(listed instanceof Answer.Known<List<Labels>> known)) {
            return new NotSent(
                    "its series could not be listed: " + listed.reason().orElse(""));
        }
        List<Labels> series = known.known();
        if (series.isEmpty()) {
            return new NothingLeft();
        }
        if (series.size() > deletion.series()) {
            return new NotSent(deletion.selector() + " matches " + series.size() + " series by now, and "
                    + deletion.series() + " were planned");
        }
        Answer<Long> counted = stored.samplesBefore(selector, series, deletion.start(), deletion.end());
        if (!(counted instanceof Answer.Known<Long> there)) {
            return new NotSent(
                    "its samples could not be counted: " + counted.reason().orElse(""));
        }
        long samples = there.known();
        if (samples == 0) {
            return new NothingLeft();
        }
        Answer<OwnMetrics> own = replica.server().ownMetrics();
        if (observer.note(replica.id(), own).size() != 1) {
            return new NotSent(
                    "another process answers for it than before: it was restarted, or its URL leads to several");
        }
        List<Control.Counted> controls = Control.before(deletion, series, planned, stored, madeAt, replica.server());
        for (Control.Counted control : controls) {
            if (control.before().value().isEmpty()) {
                return new NotSent(
                        "a control could not be counted: " + control.control().what() + ": "
                                + control.before().reason().orElse(""));
            }
        }
        if (watch.stopped()) {
            return new StoppedBefore();
        }
        TsdbMeasure before = TsdbMeasure.of(own);
        Intent intent = Intent.delete(runId, replica.id(), deletion, clock.instant(), samples, before);
        long number = book.open(runId, intent.open());
        stored.forgetCounts();
        CallOutcome outcome = replica.admin().deleteSeries(deletion.selector(), deletion.start(), deletion.end());
        if (outcome instanceof TsdbAdmin.NoAnswer) {
            Watch.End end = watch.until(
                    () -> stored.samples(selector, series, deletion.start(), deletion.end())
                            .equals(Answer.known(0L)),
                    patience.delete());
            if (end == Watch.End.STOPPED) {
                return new LeftOpen();
            }
        }
        Answer<Long> left = stored.samples(selector, series, deletion.start(), deletion.end());
        List<Control.Compared> compared = Control.after(controls);
        boolean mayGoOn = outcome instanceof TsdbAdmin.NoAnswer && !left.equals(Answer.known(0L));
        if (mayGoOn && compared.stream().noneMatch(Control.Compared::lost)) {
            return new StillOpen(
                    Proof.status(outcome) + "; it may still go on: " + left(left) + "; " + Control.text(compared));
        }
        Answer<OwnMetrics> ownAfter = replica.server().ownMetrics();
        TsdbMeasure after = TsdbMeasure.of(ownAfter);
        Proof proof = Proof.ofDeletion(
                outcome,
                samples,
                left,
                compared,
                before,
                after,
                () -> NoEffect.why(stored, selector, deletion.start(), deletion.end(), ownAfter));
        Receipt receipt = intent.closed(clock.instant(), Proof.status(outcome), proof, after, compared);
        book.close(number, receipt);
        return new Closed(receipt, outcome);
    }

    private static String left(Answer<Long> samples) {
        return samples.value()
                .map(number -> number + " samples are still there")
                .orElseGet(() -> "the samples that are left could not be counted: "
                        + samples.reason().orElse(""));
    }

    private static SeriesSelector selector(PlannedDeletion deletion, List<CompiledSelector> planned) {
        return planned.stream()
                .map(CompiledSelector::selector)
                .filter(selector -> selector.text().equals(deletion.selector()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a plan without its selector: " + deletion.selector()));
    }
}
