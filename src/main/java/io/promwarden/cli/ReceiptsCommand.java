package io.promwarden.cli;

import io.promwarden.formats.ReceiptsJson;
import io.promwarden.history.JdbcReceiptBook;
import io.promwarden.history.Store;
import io.promwarden.retention.Receipt;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code promwarden receipts}: what was ever sent to an admin API, and the proof of what came of it. */
@Command(
        name = "receipts",
        mixinStandardHelpOptions = true,
        description = "List the receipts of all runs: every deletion, tombstone compaction and snapshot that was sent.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  promwarden receipts --since 7d",
            "  promwarden receipts --since 2026-11-01 --json",
            "",
            "Exit codes: 0 listed, 2 the store is in use, 4 it could not be opened."
        })
final class ReceiptsCommand implements Callable<Integer> {

    @Option(
            names = "--since",
            paramLabel = "AGE|DATE",
            converter = SinceConverter.class,
            description = "Only those sent since then: 7d, 36h, 2026-11-01 or 2026-11-22T02:10:00Z. Default: all.")
    private SinceConverter.@Nullable Since since;

    @Option(names = "--json", description = "As JSON, with everything that a receipt says.")
    private boolean json;

    @Mixin
    private StoreOptions store = new StoreOptions();

    private final Terminal terminal;
    private final Map<String, String> environment;
    private final Clock clock;

    ReceiptsCommand(Terminal terminal, Map<String, String> environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        return store.with(environment, clock, "promwarden receipts", terminal, this::list);
    }

    private int list(Store opened) {
        Instant from = since == null ? Instant.EPOCH : since.from(clock);
        List<Receipt> receipts = new JdbcReceiptBook(opened.dataSource()).since(from);
        if (json) {
            terminal.out().println(Terminal.safeJson(ReceiptsJson.write(receipts)));
        } else if (receipts.isEmpty()) {
            terminal.err().println(Terminal.safe("no receipts in the store " + opened.text()));
        } else {
            table(receipts);
        }
        return ExitCode.DONE;
    }

    private void table(List<Receipt> receipts) {
        TextTable table = new TextTable(List.of("SENT", "SERVER", "CALL", "VERDICT", "SAMPLES", "BLOCKS", "SELECTOR"));
        List<String> below = new ArrayList<>();
        for (Receipt receipt : receipts) {
            table.row(List.of(
                    receipt.sentAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    receipt.server().text(),
                    receipt.call(),
                    receipt.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    receipt.selector().isEmpty() ? "" : change(receipt.samplesBefore(), receipt.samplesAfter()),
                    change(receipt.blockBytesBefore(), receipt.blockBytesAfter()) + " B",
                    receipt.selector()));
            below.add(receipt.reason() + " [" + receipt.runId() + "]"
                    + (receipt.because().isEmpty() ? "" : " because: " + receipt.because()));
        }
        table.print(terminal.out(), below);
    }

    private static String change(long before, long after) {
        return number(before) + " -> " + number(after);
    }

    private static String number(long value) {
        return value < 0 ? "?" : String.format(Locale.ROOT, "%,d", value);
    }
}
