package io.promwarden.job;

import io.promwarden.job.YamlNode.Scalar;
import io.promwarden.retention.CompactionSettings;
import io.promwarden.retention.DailyWindow;
import java.util.Optional;

/** Reads the settings of {@code compact}. */
final class CompactReading {

    private final Values values;

    CompactReading(Values values) {
        this.values = values;
    }

    StepSpec.Compact compact(Optional<Fields> settings) {
        if (settings.isEmpty()) {
            return new StepSpec.Compact(CompactionSettings.USUAL);
        }
        Fields fields = settings.get();
        long minGain = fields.whole("minGainPercent").orElse(CompactionSettings.USUAL.minGainPercent());
        return new StepSpec.Compact(new CompactionSettings(
                Math.clamp(minGain, 0, 100), fields.text("window").flatMap(this::window)));
    }

    private Optional<DailyWindow> window(Scalar written) {
        Optional<DailyWindow> window = DailyWindow.parse(written.text());
        if (window.isEmpty()) {
            values.problems()
                    .add(
                            written.at(),
                            "`window` is " + Echo.quoted(written.text()) + ", which is no part of a day",
                            "Write two times of day in UTC, e.g. window: 01:00-05:00; it may span midnight.");
        }
        return window;
    }
}
