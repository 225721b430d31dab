package io.promwarden.testing.written;

import io.promwarden.check.Exemption;
import io.promwarden.finding.CheckId;
import io.promwarden.inventory.RawObject;
import io.promwarden.label.Labels;
import io.promwarden.observation.AlertServer;
import io.promwarden.observation.MetricsServer;
import io.promwarden.observation.RecordedNights;
import io.promwarden.observation.ServerId;
import io.promwarden.observation.Servers;
import io.promwarden.observation.Unreached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What the servers of a fixture say: {@code answers.yaml} beside its {@code inventory.yaml}. Its form is described in
 * src/test/resources/checks/README.md. What it leaves out was not recorded, and is unknown.
 */
public final class AnswersFile {

    public static final String CLUSTER = "prod";

    private static final Instant DEFAULT_AT = Instant.parse("2026-11-22T02:10:00Z");

    private final RawObject file;

    private AnswersFile(RawObject file) {
        this.file = file;
    }

    public static AnswersFile parse(String text) {
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return new AnswersFile(object(loaded));
    }

    /** The file; an empty one where there is none. */
    public static AnswersFile read(Path path) {
        try {
            return parse(Files.exists(path) ? Files.readString(path) : "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Instant at() {
        return file.text("at").map(Instant::parse).orElse(DEFAULT_AT);
    }

    /** Whether the fixture's job names URLs only. */
    public boolean withoutKubernetes() {
        return file.isTrue("withoutKubernetes");
    }

    /** Kinds that Kubernetes refused to list, e.g. {@code pods: "403: forbidden"}. */
    public Map<String, String> refused() {
        return file.texts("refused");
    }

    public Servers<MetricsServer> metrics() {
        List<MetricsServer> servers = new ArrayList<>();
        for (RawObject server : file.objects("prometheus")) {
            servers.add(new WrittenPrometheus(id(server.text("server").orElseThrow()), server));
        }
        return new Servers<>(servers, unreached("prometheus"));
    }

    public Servers<AlertServer> alertmanagers() {
        List<AlertServer> servers = new ArrayList<>();
        for (RawObject server : file.objects("alertmanagers")) {
            servers.add(new WrittenAlertmanager(id(server.text("server").orElseThrow()), server));
        }
        return new Servers<>(servers, unreached("alertmanagers"));
    }

    /** For how long the job says that every sample is to be kept, e.g. {@code everything: PT720H}. */
    public Optional<Duration> everything() {
        return file.text("everything").map(Duration::parse);
    }

    /** What past nights recorded; unknown where the file does not say, and nothing at all for an empty list. */
    public RecordedNights nights() {
        return file.has("nights") ? new WrittenNights(file.objects("nights")) : RecordedNights.none("not recorded");
    }

    private List<Unreached> unreached(String kind) {
        List<Unreached> unreached = new ArrayList<>();
        file.texts("unreached", kind).forEach((server, reason) -> unreached.add(new Unreached(id(server), reason)));
        return unreached;
    }

    /** The job's exemptions. */
    public List<Exemption> exemptions() {
        List<Exemption> exemptions = new ArrayList<>();
        for (RawObject entry : file.objects("exemptions")) {
            Set<CheckId> checks = new LinkedHashSet<>();
            entry.words("checks").forEach(check -> checks.add(CheckId.parse(check)));
            exemptions.add(new Exemption(
                    checks,
                    entry.text("cluster"),
                    entry.text("kind"),
                    entry.text("namespace"),
                    entry.text("name"),
                    entry.text("until").map(LocalDate::parse),
                    entry.text("reason").orElseThrow(),
                    "jobs/nightly.yaml:12"));
        }
        return exemptions;
    }

    static ServerId id(String text) {
        int blank = text.indexOf(' ');
        return blank < 0
                ? new ServerId(CLUSTER, text, text)
                : new ServerId(CLUSTER, text.substring(0, blank), text.substring(blank + 1));
    }

    static Labels labels(RawObject object, String... path) {
        return Labels.of(object.texts(path));
    }

    static Optional<Instant> instant(RawObject object, String key) {
        return object.text(key).map(Instant::parse);
    }

    private static RawObject object(@Nullable Object loaded) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        if (loaded instanceof Map<?, ?> map) {
            map.forEach((key, value) -> tree.put(String.valueOf(key), value));
        }
        return RawObject.of(tree);
    }
}
