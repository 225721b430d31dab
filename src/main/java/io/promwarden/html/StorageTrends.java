package io.promwarden.html;

import io.promwarden.report.Wording;
import io.promwarden.storage.StorageTrend;
import io.promwarden.storage.StorageTrend.Course;
import io.promwarden.storage.StorageTrend.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** What most of each server's series are, and how that went over the recorded nights. */
public record StorageTrends(Capped<Server> servers) {

    private static final int MOST_METRICS = 10;
    private static final int MOST_OTHERS = 5;
    private static final String STEPS = "▁▂▃▄▅▆▇█";
    private static final String NOT_RECORDED = "·";

    /** One server's tables. */
    public record Server(String server, String nights, List<Line> lines) {
        public Server {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One figure.
     *
     * @param course a letter for each night, the higher the more; the last one is the present
     */
    public record Line(String what, String name, String now, String yesterday, String week, String course) {}

    static StorageTrends of(List<StorageTrend> all) {
        List<StorageTrend> told =
                all.stream().filter(trend -> !trend.seriesByMetric().isEmpty()).toList();
        return new StorageTrends(Capped.of(told, 20, new Budget(120_000), StorageTrends::server, StorageTrends::texts));
    }

    private static List<String> texts(Server server) {
        List<String> texts = new ArrayList<>(List.of(server.server(), server.nights()));
        for (Line line : server.lines()) {
            texts.addAll(List.of(line.what(), line.name(), line.now(), line.yesterday(), line.week(), line.course()));
            texts.add(" ".repeat(180));
        }
        return texts;
    }

    private static Server server(StorageTrend trend) {
        List<Line> lines = new ArrayList<>();
        lines.add(line("all series", "", trend.series()));
        add(lines, "series of metric", trend.seriesByMetric(), MOST_METRICS);
        add(lines, "values of label", trend.valuesByLabel(), MOST_OTHERS);
        add(lines, "series of pair", trend.seriesByLabelPair(), MOST_OTHERS);
        String nights = trend.since()
                .map(since -> Wording.count(trend.nights(), "recorded night") + " since " + Wording.day(since))
                .orElse("no night was recorded before");
        return new Server(Shown.name(trend.server().text()), nights, lines);
    }

    private static void add(List<Line> lines, String what, List<Named> all, int most) {
        all.stream().limit(most).forEach(named -> lines.add(line(what, Shown.name(named.name()), named.course())));
    }

    private static Line line(String what, String name, Course course) {
        return new Line(
                what,
                name,
                Wording.number(course.now().orElse(-1)),
                difference(course.sinceYesterday()),
                difference(course.sinceWeek()),
                spark(course.course()));
    }

    private static String difference(OptionalLong by) {
        if (by.isEmpty()) {
            return Wording.UNKNOWN;
        }
        long difference = by.getAsLong();
        return difference == 0
                ? "0"
                : String.format(Locale.ROOT, "%s%,d", difference > 0 ? "+" : "−", Math.abs(difference));
    }

    /** Between the least and the most of the nights; nothing where there is only the present. */
    static String spark(List<Long> course) {
        long least =
                course.stream().filter(value -> value >= 0).min(Long::compare).orElse(0L);
        long most =
                course.stream().filter(value -> value >= 0).max(Long::compare).orElse(0L);
        if (course.stream().filter(value -> value >= 0).count() < 2) {
            return "";
        }
        StringBuilder spark = new StringBuilder();
        for (long value : course) {
            if (value < 0) {
                spark.append(NOT_RECORDED);
            } else {
                double share = most == least ? 0 : (double) (value - least) / (most - least);
                spark.append(STEPS.charAt((int) Math.round(share * (STEPS.length() - 1))));
            }
        }
        return spark.toString();
    }
}
