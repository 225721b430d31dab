package io.promwarden.capture;

import io.promwarden.answer.Answer;
import io.promwarden.finding.Redaction;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records what one cluster and its servers answer. Whoever asks through it is given what a replay will give: the answer
 * after it was cut down. Thread-safe.
 */
public final class ClusterRecorder {

    private final String name;
    private final CaptureRecorder capture;
    private final ObjectsFile objects;
    private final AnswerFile answers;
    private final ReferenceFile references;
    private final AnswerRedaction redaction;
    private final Set<ObjectKind> listed = EnumSet.noneOf(ObjectKind.class);
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Map<String, CapturedServer> servers = new LinkedHashMap<>();
    private Optional<Answer<String>> kubernetes = Optional.empty();

    ClusterRecorder(String name, CaptureRecorder capture, JsonMapper mapper) {
        this.name = name;
        this.capture = capture;
        this.objects = new ObjectsFile(mapper);
        this.answers = new AnswerFile(mapper);
        this.references = new ReferenceFile(mapper);
        this.redaction = new AnswerRedaction(mapper);
    }

    /**
     * The same objects, recorded as they are listed. A kind that is listed again is recorded once.
     *
     * @param version the API server's, or why it could not be asked
     */
    public InventorySource inventory(Answer<String> version, InventorySource live) {
        synchronized (this) {
            kubernetes = Optional.of(redacted(version));
        }
        return new InventorySource() {
            @Override
            public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
                return record(live, kind, keep);
            }
        };
    }

    /** The same answers about Secrets and ConfigMaps, recorded as they are given. */
    public ReferencedData references(ReferencedData live) {
        return new ReferencedData() {
            @Override
            public Answer<Boolean> exists(Reference reference) {
                return record("exists", List.of(reference), live.exists(reference));
            }

            @Override
            public Answer<Boolean> firstPemIsCertificate(Reference reference) {
                return record("is-certificate", List.of(reference), live.firstPemIsCertificate(reference));
            }

            @Override
            public Answer<Boolean> isKeyPair(Reference certificate, Reference key) {
                return record("is-pair", List.of(certificate, key), live.isKeyPair(certificate, key));
            }
        };
    }

    private Answer<Boolean> record(String question, List<ReferencedData.Reference> about, Answer<Boolean> answer) {
        String file = CaptureLayout.reference(name, question, about);
        if (answered.add(file)) {
            capture.write(file, to -> references.write(to, question, about, answer));
        }
        return answer;
    }

    private static Answer<String> redacted(Answer<String> version) {
        return switch (version) {
            case Answer.Known<String> known -> known;
            case Answer.Unknown<String> unknown -> Answer.unknown(Redaction.text(unknown.why()));
        };
    }

    /** An object as it is stored, and what the caller keeps of it. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    private record Kept<T>(T value, byte[] json) {}

    private <T> Answer<List<T>> record(InventorySource live, ObjectKind kind, Function<RawObject, T> keep) {
        Answer<List<Kept<T>>> answer = live.list(kind, raw -> new Kept<>(keep.apply(raw), objects.json(raw)));
        boolean first;
        synchronized (this) {
            first = listed.add(kind);
        }
        if (first) {
            Answer<List<byte[]>> stored = switch (answer) {
                case Answer.Known<List<Kept<T>>> known ->
                    Answer.known(known.known().stream().map(Kept::json).toList());
                case Answer.Unknown<List<Kept<T>>> unknown -> Answer.unknown(Redaction.text(unknown.why()));
            };
            capture.write(CaptureLayout.objects(name, kind), to -> objects.write(to, kind, stored));
        }
        return answer.map(list -> list.stream().map(Kept::value).toList());
    }

    /**
     * The same server, its answers recorded. A call that would change something is not passed on, and neither is a
     * question that no capture may hold.
     */
    public Exchange exchange(CapturedServer server, Exchange live) {
        add(server);
        return question -> {
            if (changesSomething(question)) {
                return new HttpAnswer.Unanswered("a world that is being recorded is not changed", false);
            }
            if (AllowList.find(question.path()).isEmpty()) {
                return new HttpAnswer.Unanswered("a capture never holds answers to " + question.path(), false);
            }
            HttpAnswer answer = redaction.redact(question, live.ask(question));
            String file = CaptureLayout.answer(name, server, question);
            if (answered.add(file)) {
                capture.write(file, to -> answers.write(to, question, answer));
            }
            return answer;
        };
    }

    /** A GET that may not be repeated is a read all the same. */
    static boolean changesSomething(HttpQuestion question) {
        return question.method() == HttpQuestion.Method.POST && !question.repeatable();
    }

    /** Notes a server that is there and cannot be asked. */
    public void unreachable(CapturedServer server) {
        add(new CapturedServer(server.kind(), server.id(), server.unreachable().map(Redaction::text)));
    }

    private synchronized void add(CapturedServer server) {
        servers.put(server.kind() + " " + server.id(), server);
    }

    synchronized CaptureManifest.Cluster recorded() {
        return new CaptureManifest.Cluster(name, kubernetes, List.copyOf(servers.values()));
    }
}
