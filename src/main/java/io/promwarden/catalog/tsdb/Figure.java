package io.promwarden.catalog.tsdb;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Figure {

    private Figure() {}

    static String whole(double value) {
        return String.valueOf(Math.round(value));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.2g %%" : "%.0f %%", share * 100);
    }

    static String times(double factor) {
        return String.format(Locale.ROOT, "%.1f", factor);
    }

    /** Days, hours or minutes, whichever says enough. */
    static String time(Duration duration) {
        if (duration.toHours() >= 72) {
            return duration.toDays() + " days";
        }
        long minutes = Math.round(duration.toSeconds() / 60d);
        return minutes >= 180 || (minutes > 0 && minutes % 60 == 0)
                ? Math.round(minutes / 60d) + " h"
                : minutes + " min";
    }
}
