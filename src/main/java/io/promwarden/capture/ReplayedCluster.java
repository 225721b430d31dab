package io.promwarden.capture;

import io.promwarden.answer.Answer;
import io.promwarden.http.Exchange;
import io.promwarden.http.HttpAnswer;
import io.promwarden.http.HttpQuestion;
import io.promwarden.inventory.InventorySource;
import io.promwarden.inventory.ObjectKind;
import io.promwarden.inventory.RawObject;
import io.promwarden.inventory.ReferencedData;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One cluster of a capture. */
public final class ReplayedCluster {

    /** Why there is no answer to a question that nobody asked when the capture was recorded. */
    public static final String NOT_IN_THE_CAPTURE = "not in the capture";

    private final CaptureManifest.Cluster cluster;
    private final CaptureFiles files;
    private final ObjectsFile objects;
    private final AnswerFile answers;
    private final ReferenceFile references;

    ReplayedCluster(CaptureManifest.Cluster cluster, CaptureFiles files, JsonMapper mapper) {
        this.cluster = cluster;
        this.files = files;
        this.objects = new ObjectsFile(mapper);
        this.answers = new AnswerFile(mapper);
        this.references = new ReferenceFile(mapper);
    }

    public String name() {
        return cluster.name();
    }

    /** The API server's version; empty where the capture was recorded without Kubernetes. */
    public Optional<Answer<String>> kubernetesVersion() {
        return cluster.kubernetes();
    }

    /** The objects; empty where the capture was recorded without Kubernetes. */
    public Optional<InventorySource> inventory() {
        if (cluster.kubernetes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InventorySource() {
            @Override
            public <T> Answer<List<T>> list(ObjectKind kind, Function<RawObject, T> keep) {
                return read(kind, keep);
            }
        });
    }

    private <T> Answer<List<T>> read(ObjectKind kind, Function<RawObject, T> keep) {
        String name = CaptureLayout.objects(cluster.name(), kind);
        String place = files.place(name);
        try {
            Optional<InputStream> file = files.open(name);
            if (file.isEmpty()) {
                return Answer.unknown(kind.plural() + ": " + NOT_IN_THE_CAPTURE);
            }
            try (InputStream list = file.get()) {
                return objects.read(list, kind, keep, place);
            }
        } catch (IOException | JacksonException e) {
            return Answer.unknown(damaged(place));
        }
    }

    /** What was found out about Secrets and ConfigMaps; what nobody asked then is {@value #NOT_IN_THE_CAPTURE}. */
    public ReferencedData references() {
        return new ReferencedData() {
            @Override
            public Answer<Boolean> exists(Reference reference) {
                return read("exists", List.of(reference));
            }

            @Override
            public Answer<Boolean> firstPemIsCertificate(Reference reference) {
                return read("is-certificate", List.of(reference));
            }

            @Override
            public Answer<Boolean> isKeyPair(Reference certificate, Reference key) {
                return read("is-pair", List.of(certificate, key));
            }
        };
    }

    private Answer<Boolean> read(String question, List<ReferencedData.Reference> about) {
        String name = CaptureLayout.reference(cluster.name(), question, about);
        try {
            Optional<InputStream> file = files.open(name);
            if (file.isEmpty()) {
                return Answer.unknown(NOT_IN_THE_CAPTURE);
            }
            try (InputStream answer = file.get()) {
                return references.read(answer);
            }
        } catch (IOException | JacksonException e) {
            return Answer.unknown(damaged(files.place(name)));
        }
    }

    public List<CapturedServer> servers() {
        return cluster.servers();
    }

    /** A server's recorded answers; what it was not asked then is {@value #NOT_IN_THE_CAPTURE}. */
    public Exchange exchange(CapturedServer server) {
        return question -> ask(server, question);
    }

    private HttpAnswer ask(CapturedServer server, HttpQuestion question) {
        if (ClusterRecorder.changesSomething(question)) {
            return new HttpAnswer.Unanswered("a capture is replayed: nothing can be changed there", false);
        }
        String name = CaptureLayout.answer(cluster.name(), server, question);
        try {
            Optional<InputStream> file = files.open(name);
            if (file.isEmpty()) {
                return new HttpAnswer.Unanswered(server.unreachable().orElse(NOT_IN_THE_CAPTURE), false);
            }
            try (InputStream answer = file.get()) {
                return answers.read(answer)
                        .orElseGet(() -> new HttpAnswer.Unanswered(damaged(files.place(name)), false));
            }
        } catch (IOException | JacksonException e) {
            return new HttpAnswer.Unanswered(damaged(files.place(name)), false);
        }
    }

    private static String damaged(String place) {
        return place + " is damaged (not the JSON that was written); record the capture again";
    }
}
