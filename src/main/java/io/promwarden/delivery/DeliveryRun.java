package io.promwarden.delivery;

import io.promwarden.finding.NotRun;
import io.promwarden.report.GovernanceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends a report through every channel of a job, one after the other: stored before it is sent, and never again to a
 * channel that has accepted it. A channel that fails does not keep the others from theirs.
 */
public final class DeliveryRun {

    private final Outbox outbox;
    private final List<Deliverer> channels;
    private final Supplier<String> messageIds;

    /**
     * A delivery through these channels.
     *
     * @param messageIds a new id at each call, unique in the world, e.g. {@code <UUID@promwarden>}
     */
    public DeliveryRun(Outbox outbox, List<Deliverer> channels, Supplier<String> messageIds) {
        this.outbox = outbox;
        this.channels = List.copyOf(channels);
        this.messageIds = messageIds;
    }

    /** Delivers to all channels that have not accepted this run's report yet. */
    public Delivered deliver(GovernanceReport report, RenderedFiles files) {
        List<ChannelResult> results = new ArrayList<>();
        for (Deliverer channel : channels) {
            results.add(new ChannelResult(channel.channel(), deliver(channel, report, files)));
        }
        return new Delivered(results);
    }

    private Optional<DeliveryOutcome> deliver(Deliverer channel, GovernanceReport report, RenderedFiles files) {
        Optional<Dispatch> dispatch = outbox.begin(report.run(), channel.channel(), messageIds.get());
        if (dispatch.isEmpty()) {
            return Optional.empty();
        }
        DeliveryOutcome outcome = channel.deliver(dispatch.get(), report, files);
        outbox.end(dispatch.get(), outcome);
        return Optional.of(outcome);
    }

    /** What became of each channel, in the order of the job. */
    public record Delivered(List<ChannelResult> channels) {
        public Delivered {
            channels = List.copyOf(channels);
        }

        /** Channels that did not take the report, as what the run could not do. */
        public List<NotRun> undelivered() {
            return channels.stream()
                    .flatMap(result -> result.whyNot().stream()
                            .map(reason -> new NotRun("", "delivery " + result.channel(), reason)))
                    .toList();
        }
    }

    /**
     * One channel's result.
     *
     * @param outcome empty when the channel had accepted the report in an earlier try
     */
    public record ChannelResult(String channel, Optional<DeliveryOutcome> outcome) {

        /** Why the channel doesn't have the report, as far as we know. */
        public Optional<String> whyNot() {
            return outcome.flatMap(known -> switch (known) {
                case DeliveryOutcome.Accepted accepted -> Optional.empty();
                case DeliveryOutcome.Failed failed -> Optional.of(failed.reason());
                case DeliveryOutcome.InDoubt inDoubt ->
                    Optional.of("nobody knows whether it arrived: " + inDoubt.reason());
            });
        }
    }
}
