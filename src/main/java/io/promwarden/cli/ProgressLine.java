package io.promwarden.cli;

import io.promwarden.batch.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Live progress on a terminal: a line for each unit that is done, and below them one that is redrawn. */
final class ProgressLine implements Progress, AutoCloseable {

    private static final String CLEAR = "\r\u001b[K";
    private static final String[] SPIN = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    private final Terminal terminal;
    private final Clock clock;
    private final Instant begin;
    private final Map<Unit, Instant> running = new LinkedHashMap<>();
    private final ScheduledExecutorService redraw;
    private int frame;

    ProgressLine(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.begin = clock.instant();
        this.redraw = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("progress").daemon().factory());
        var unused = redraw.scheduleAtFixedRate(this::draw, 100, 150, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void started(Unit unit) {
        running.put(unit, clock.instant());
        draw();
    }

    @Override
    public synchronized void ended(Unit unit, Duration took, String note) {
        running.remove(unit);
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s  %-10s %-14s %6.1f s  %s%n",
                        CLEAR,
                        unit.step(),
                        Terminal.safe(unit.cluster()),
                        took.toMillis() / 1000.0,
                        Terminal.safe(note));
        draw();
    }

    private synchronized void draw() {
        if (running.isEmpty()) {
            return;
        }
        int number = running.keySet().stream().mapToInt(Unit::number).max().orElse(0);
        int of = running.keySet().iterator().next().of();
        String names = running.keySet().stream()
                .map(unit -> unit.cluster().isEmpty() ? unit.step() : unit.step() + " " + unit.cluster())
                .collect(Collectors.joining(", "));
        frame = (frame + 1) % SPIN.length;
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s%s %s  %d of %d  %d s",
                        CLEAR,
                        SPIN[frame],
                        Terminal.safe(names),
                        number,
                        of,
                        Duration.between(begin, clock.instant()).toSeconds());
        terminal.err().flush();
    }

    @Override
    public synchronized void close() {
        redraw.shutdownNow();
        terminal.err().print(CLEAR);
        terminal.err().flush();
    }
}
