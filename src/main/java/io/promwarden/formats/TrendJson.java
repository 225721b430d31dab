package io.promwarden.formats;

import io.promwarden.storage.DiskForecast;
import io.promwarden.storage.StorageTrend;
import io.promwarden.storage.StorageTrend.Course;
import io.promwarden.storage.StorageTrend.Named;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A server's storage over the recorded nights, as JSON. */
final class TrendJson {

    private TrendJson() {}

    static void trend(ObjectNode node, StorageTrend trend) {
        node.put("nights", trend.nights());
        node.put("since", trend.since().map(Object::toString).orElse(null));
        course(node.putObject("series"), trend.series());
        course(node.putObject("blockBytes"), trend.blockBytes());
        named(node.putArray("seriesByMetric"), trend.seriesByMetric());
        named(node.putArray("seriesByLabelPair"), trend.seriesByLabelPair());
        named(node.putArray("valuesByLabel"), trend.valuesByLabel());
        if (trend.forecast().isPresent()) {
            forecast(node.putObject("forecast"), trend.forecast().get());
        } else {
            node.putNull("forecast");
        }
    }

    private static void named(ArrayNode array, List<Named> all) {
        for (Named one : all) {
            ObjectNode node = array.addObject();
            node.put("name", one.name());
            course(node, one.course());
        }
    }

    private static void course(ObjectNode node, Course course) {
        node.put("now", MeasuresJson.boxed(course.now()));
        node.put("sinceYesterday", MeasuresJson.boxed(course.sinceYesterday()));
        node.put("sinceWeek", MeasuresJson.boxed(course.sinceWeek()));
        ArrayNode nights = node.putArray("nights");
        for (long value : course.course()) {
            if (value < 0) {
                nights.addNull();
            } else {
                nights.add(value);
            }
        }
    }

    private static void forecast(ObjectNode node, DiskForecast forecast) {
        node.put("daysLeft", Rounded.number(forecast.left()));
        node.put("daysLeftAtLeast", Rounded.number(forecast.earliest()));
        node.put("daysLeftAtMost", Rounded.number(forecast.latest()));
        node.put("bytesPerDay", Math.round(forecast.growth()));
        node.put("bytesPerDayAtLeast", Math.round(forecast.lowestGrowth()));
        node.put("bytesPerDayAtMost", Math.round(forecast.highestGrowth()));
        node.put("daysOfSamples", forecast.fromSamples());
        node.put("nights", forecast.fromNights());
    }
}
