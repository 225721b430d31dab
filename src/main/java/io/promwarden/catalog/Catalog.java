package io.promwarden.catalog;

import io.promwarden.catalog.monitor.MonitorChecks;
import io.promwarden.catalog.prometheus.PrometheusChecks;
import io.promwarden.catalog.rule.RuleChecks;
import io.promwarden.catalog.target.TargetChecks;
import io.promwarden.catalog.tsdb.TsdbChecks;
import io.promwarden.check.Check;
import io.promwarden.check.CheckPage;
import io.promwarden.check.ExemptionFindings;
import io.promwarden.finding.CheckId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every check there is. */
public final class Catalog {

    private Catalog() {}

    /** All checks, family by family. */
    public static List<Check<?>> all() {
        return Stream.of(
                        MonitorChecks.all(),
                        TargetChecks.all(),
                        PrometheusChecks.all(),
                        RuleChecks.all(),
                        TsdbChecks.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The ids under which findings can come: all checks, and what the runner says of exemptions. */
    public static List<CheckId> ids() {
        return Stream.concat(all().stream().map(Check::id), ExemptionFindings.IDS.stream())
                .sorted()
                .toList();
    }

    /** The page of every id. */
    public static Map<CheckId, CheckPage> pages() {
        return ids().stream().collect(Collectors.toMap(Function.identity(), CheckPage::of));
    }
}
