package io.promwarden.job;

import io.promwarden.check.Exemption;
import io.promwarden.finding.CheckId;
import io.promwarden.job.YamlNode.Mark;
import io.promwarden.job.YamlNode.Scalar;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads an exemptions file. */
final class ExemptionsReading {

    private static final SchemaCheck SCHEMA = new SchemaCheck("exemptions.schema.json");

    private final Problems problems;
    private final Problems warnings;
    private final LocalDate today;

    ExemptionsReading(Problems problems, Problems warnings, LocalDate today) {
        this.problems = problems;
        this.warnings = warnings;
        this.today = today;
    }

    List<Exemption> exemptions(String text) {
        Optional<YamlNode> document = YamlDocument.parse(text, problems);
        if (document.isEmpty()) {
            return List.of();
        }
        List<Exemption> exemptions = new ArrayList<>();
        Fields.of(document.get()).stream()
                .flatMap(root -> Fields.each(root.list("exemptions")).stream())
                .forEach(fields -> exemption(fields).ifPresent(exemptions::add));
        SCHEMA.check(document.get(), problems);
        return exemptions;
    }

    private Optional<Exemption> exemption(Fields fields) {
        Set<CheckId> checks = new LinkedHashSet<>();
        Fields.texts(fields.list("checks")).forEach(text -> check(text).ifPresent(checks::add));
        Optional<LocalDate> until = fields.text("until").flatMap(this::day);
        String because = fields.text("because").map(Scalar::text).orElse("");
        if (because.isBlank() && fields.has("because")) {
            problems.add(
                    fields.value("because").map(YamlNode::at).orElse(fields.at()),
                    "an exemption needs its reason",
                    "Say in `because` why this is accepted, and by whom.");
        }
        if (checks.isEmpty() || because.isBlank()) {
            return Optional.empty();
        }
        Mark at = fields.at();
        Exemption exemption = new Exemption(
                checks,
                word(fields, "cluster"),
                word(fields, "kind"),
                word(fields, "namespace"),
                word(fields, "name"),
                until,
                because,
                problems.file() + ":" + at.line());
        if (exemption.expired(today)) {
            warnings.add(
                    fields.key("until"),
                    "this exemption ended after "
                            + until.map(LocalDate::toString).orElse("") + " and no longer holds",
                    "Remove it, or decide anew and give it a later day.");
        }
        return Optional.of(exemption);
    }

    private static Optional<String> word(Fields fields, String key) {
        return fields.text(key).map(Scalar::text);
    }

    private Optional<CheckId> check(Scalar written) {
        try {
            return Optional.of(CheckId.parse(written.text()));
        } catch (IllegalArgumentException e) {
            problems.add(
                    written.at(),
                    Echo.quoted(written.text()) + " is no check",
                    "Write family/name as the report shows it, e.g. monitor/not-scraped.");
            return Optional.empty();
        }
    }

    private Optional<LocalDate> day(Scalar written) {
        try {
            return Optional.of(LocalDate.parse(written.text()));
        } catch (DateTimeParseException e) {
            problems.add(
                    written.at(),
                    Echo.quoted(written.text()) + " is no day",
                    "Write it as YYYY-MM-DD, e.g. 2027-03-31.");
            return Optional.empty();
        }
    }
}
