package io.promwarden.history;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.promwarden.alertsummary.AlertSummary;
import io.promwarden.check.CheckResults;
import io.promwarden.coverage.Coverage;
import io.promwarden.report.StepResult;
import io.promwarden.retention.Receipt;
import io.promwarden.retention.RetentionResult;
import io.promwarden.storage.StorageResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results as JSON, packed when they are long. The tag that tells which record a text is never changes, whatever the class
 * is called.
 */
final class ResultJson {

    /** Longer texts are packed. */
    static final int PACKED_ABOVE = 64 * 1024;

    private static final String NOT_DONE = "not done";
    private static final String VALIDATED = "validated";
    private static final String RETAINED = "retained";
    static final String COMPACTED = "compacted";
    private static final String COVERED = "covered";
    private static final String ALERTED = "alerted";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A list that older versions did not write.
            .withConfigOverride(
                    List.class, list -> list.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    private ResultJson() {}

    /**
     * A result as it is stored.
     *
     * @param kind the tag
     * @param encoding {@code json} or {@code gzip}
     */
    @SuppressWarnings("ArrayRecordComponent") // written and read, never compared
    record Stored(String kind, String encoding, byte[] body) {}

    static Stored write(StepResult result) {
        return switch (result) {
            case StepResult.NotDone notDone -> stored(NOT_DONE, notDone);
            case StepResult.Validated validated -> stored(VALIDATED, validated.results());
            case StepResult.Retained retained -> stored(RETAINED, retained.result());
            case StepResult.Compacted compacted -> stored(COMPACTED, compacted.result());
            case StepResult.Covered covered -> stored(COVERED, covered.coverage());
            case StepResult.Alerted alerted -> stored(ALERTED, alerted.summary());
        };
    }

    static StepResult read(Stored stored) {
        String json = unpacked(stored);
        return switch (stored.kind()) {
            case NOT_DONE -> JSON.readValue(json, StepResult.NotDone.class);
            case VALIDATED -> new StepResult.Validated(JSON.readValue(json, CheckResults.class));
            case RETAINED -> new StepResult.Retained(JSON.readValue(json, RetentionResult.class));
            case COMPACTED -> new StepResult.Compacted(JSON.readValue(json, StorageResult.class));
            case COVERED -> new StepResult.Covered(JSON.readValue(json, Coverage.class));
            case ALERTED -> new StepResult.Alerted(JSON.readValue(json, AlertSummary.class));
            default -> throw new IllegalStateException("the store holds a result of an unknown kind: " + stored.kind());
        };
    }

    static String write(Receipt receipt) {
        return SqlValue.text(JSON.writeValueAsString(receipt));
    }

    static Receipt readReceipt(String json) {
        return JSON.readValue(json, Receipt.class);
    }

    /** By way of a String: half a surrogate pair, which JSON from a cluster may hold, ends Jackson's writer of bytes. */
    private static Stored stored(String kind, Object result) {
        byte[] body = JSON.writeValueAsString(result).getBytes(StandardCharsets.UTF_8);
        return body.length > PACKED_ABOVE ? new Stored(kind, "gzip", packed(body)) : new Stored(kind, "json", body);
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 8);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String unpacked(Stored stored) {
        if (stored.encoding().equals("json")) {
            return new String(stored.body(), StandardCharsets.UTF_8);
        }
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(stored.body()))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
