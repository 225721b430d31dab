package io.promwarden.cli;

import io.promwarden.batch.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One line when a unit starts and one when it ends, for a log that somebody greps: text, or JSON. */
final class ProgressLog implements Progress {

    private static final JsonMapper JSON = new JsonMapper();

    private final Terminal terminal;
    private final Clock clock;
    private final boolean json;

    ProgressLog(Terminal terminal, Clock clock, boolean json) {
        this.terminal = terminal;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public void started(Unit unit) {
        line(unit, "started", Duration.ZERO, "");
    }

    @Override
    public void ended(Unit unit, Duration took, String note) {
        line(unit, "ended", took, note);
    }

    private void line(Unit unit, String event, Duration took, String note) {
        String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("timestamp", at);
            fields.put("level", "INFO");
            fields.put("event", event);
            fields.put("step", unit.step());
            fields.put("cluster", unit.cluster());
            fields.put("number", unit.number());
            fields.put("of", unit.of());
            if (event.equals("ended")) {
                fields.put("seconds", took.toMillis() / 1000.0);
                fields.put("result", note);
            }
            terminal.err().println(JSON.writeValueAsString(fields));
            return;
        }
        String name = unit.cluster().isEmpty() ? unit.step() : unit.step() + " " + unit.cluster();
        String tail = event.equals("ended")
                ? String.format(Locale.ROOT, " in %.1f s: %s", took.toMillis() / 1000.0, note)
                : "";
        terminal.err()
                .println(Terminal.safe(at + " [" + unit.number() + "/" + unit.of() + "] " + name + " " + event + tail));
    }
}
