package io.promwarden.testing.written;

import io.promwarden.answer.Answer;
import io.promwarden.inventory.RawObject;
import io.promwarden.observation.Count;
import io.promwarden.observation.DeletedRange;
import io.promwarden.observation.DiskUse;
import io.promwarden.observation.LeftSnapshot;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.StorageNight;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a fixture says that past nights recorded. */
final class WrittenNights implements RecordedNights {

    private final List<RawObject> servers;

    /** Of the entries of {@code nights}, one for each server. */
    WrittenNights(List<RawObject> servers) {
        this.servers = List.copyOf(servers);
    }

    @Override
    public Answer<List<StorageNight>> storage(ServerId server) {
        return Answer.known(of(server).stream()
                .flatMap(entry -> entry.objects("storage").stream())
                .map(WrittenNights::night)
                .toList());
    }

    @Override
    public Answer<List<DeletedRange>> deletions(ServerId server, Instant since) {
        return Answer.known(of(server).stream()
                .flatMap(entry -> entry.objects("deletions").stream())
                .map(entry -> deletion(server, entry))
                .filter(deletion -> !deletion.at().isBefore(since))
                .toList());
    }

    @Override
    public Answer<List<LeftSnapshot>> snapshots(String cluster) {
        return Answer.known(servers.stream()
                .flatMap(server -> server.objects("snapshots").stream().map(entry -> snapshot(server, entry)))
                .toList());
    }

    private List<RawObject> of(ServerId server) {
        return servers.stream().filter(entry -> id(entry).equals(server)).toList();
    }

    private static ServerId id(RawObject entry) {
        return AnswersFile.id(entry.text("server").orElseThrow());
    }

    private static StorageNight night(RawObject entry) {
        Optional<DiskUse> disk = entry.has("used")
                ? Optional.of(new DiskUse(
                        whole(entry, "used").orElseThrow(),
                        whole(entry, "available").orElseThrow(),
                        whole(entry, "peak")))
                : Optional.empty();
        return new StorageNight(
                AnswersFile.instant(entry, "at").orElseThrow(),
                whole(entry, "series"),
                whole(entry, "blockBytes"),
                whole(entry, "walBytes"),
                disk,
                OptionalDouble.empty(),
                counts(entry, "metrics"),
                counts(entry, "pairs"),
                counts(entry, "labels"));
    }

    private static DeletedRange deletion(ServerId server, RawObject entry) {
        return new DeletedRange(
                server,
                entry.text("selector").orElseThrow(),
                AnswersFile.instant(entry, "start").orElseThrow(),
                AnswersFile.instant(entry, "end").orElseThrow(),
                AnswersFile.instant(entry, "at").orElseThrow(),
                DeletedRange.Effect.valueOf(entry.text("effect").orElse("all").toUpperCase(Locale.ROOT)),
                entry.isTrue("cleaned"));
    }

    private static LeftSnapshot snapshot(RawObject server, RawObject entry) {
        return new LeftSnapshot(
                id(server),
                entry.text("name").orElseThrow(),
                AnswersFile.instant(entry, "at").orElseThrow(),
                entry.text("run").orElse("nightly/20261101T021000Z/0"));
    }

    private static OptionalLong whole(RawObject entry, String key) {
        Optional<String> text = entry.text(key);
        return text.isPresent() ? OptionalLong.of((long) Double.parseDouble(text.get())) : OptionalLong.empty();
    }

    private static List<Count> counts(RawObject entry, String key) {
        return entry.texts(key).entrySet().stream()
                .map(one -> new Count(one.getKey(), Long.parseLong(one.getValue())))
                .sorted(Comparator.comparingLong(Count::count).reversed())
                .toList();
    }
}
