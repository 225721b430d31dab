package io.promwarden.delivery;

import io.promwarden.report.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An outbox that forgets with the process: what a store keeps, kept in a map. */
final class MemoryOutbox implements Outbox {

    /** A dispatch as stored. */
    private record Stored(String messageId, String state, String detail) {}

    private final Map<List<Object>, Stored> dispatches = new LinkedHashMap<>();

    @Override
    public Optional<Dispatch> begin(RunId run, String channel, String newMessageId) {
        List<Object> key = List.of(run, channel);
        Stored before = dispatches.get(key);
        if (before != null && before.state().equals("accepted")) {
            return Optional.empty();
        }
        String messageId = before == null ? newMessageId : before.messageId();
        dispatches.put(key, new Stored(messageId, "sending", ""));
        return Optional.of(new Dispatch(
                run, channel, messageId, before != null && !before.state().equals("failed")));
    }

    @Override
    public void end(Dispatch dispatch, DeliveryOutcome outcome) {
        String state = switch (outcome) {
            case DeliveryOutcome.Accepted accepted -> "accepted";
            case DeliveryOutcome.Failed failed -> "failed";
            case DeliveryOutcome.InDoubt inDoubt -> "in doubt";
        };
        dispatches.put(
                List.of(dispatch.run(), dispatch.channel()),
                new Stored(dispatch.messageId(), state, outcome.toString()));
    }

    @Override
    public List<Sent> sent(RunId run) {
        List<Sent> sent = new ArrayList<>();
        dispatches.forEach((key, stored) -> {
            if (key.get(0).equals(run)) {
                sent.add(new Sent(key.get(1).toString(), stored.state(), stored.detail()));
            }
        });
        return sent;
    }
}
