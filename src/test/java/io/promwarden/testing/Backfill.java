package io.promwarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;

/** History for a Prometheus that doesn't run yet: written as OpenMetrics, turned into blocks by promtool. */
public final class Backfill {

    private final StringBuilder text = new StringBuilder();

    /**
     * Adds one series.
     *
     * @param metric its name
     * @param start the first sample's time
     * @param end no sample is later; it may fall between two
     * @param value given the sample's number, from 0
     */
    public Backfill series(
            String metric,
            Map<String, String> labels,
            Instant start,
            Instant end,
            Duration step,
            LongToDoubleFunction value) {
        String name = metric
                + new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                                .collect(Collectors.joining(",", "{", "} "));
        long number = 0;
        for (Instant at = start; !at.isAfter(end); at = at.plus(step)) {
            text.append(name)
                    .append(value.applyAsDouble(number++))
                    .append(' ')
                    .append(at.getEpochSecond())
                    .append('\n');
        }
        return this;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /**
     * Makes blocks, at most as long as given: promtool reads the whole file once for each block, so that two-hour blocks
     * over many days take minutes.
     */
    public void into(Path dataDir, Duration maxBlock) {
        try {
            Files.createDirectories(dataDir);
            Path file = Files.createTempFile("backfill", ".om");
            Files.writeString(file, text + "# EOF\n");
            Process promtool = new ProcessBuilder(
                            RealServers.program("promtool").toString(),
                            "tsdb",
                            "create-blocks-from",
                            "openmetrics",
                            "--quiet",
                            "--max-block-duration=" + maxBlock.toHours() + "h",
                            file.toString(),
                            dataDir.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (promtool.waitFor() != 0) {
                throw new AssertionError("promtool made no blocks: " + said);
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while promtool made blocks", e);
        }
    }
}
