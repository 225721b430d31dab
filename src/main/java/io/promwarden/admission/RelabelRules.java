package io.promwarden.admission;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One relabel config, as the operator checks it before it writes it; the first thing wrong is said. */
final class RelabelRules {

    private static final Set<String> CASE = Set.of("lowercase", "uppercase");
    private static final Set<String> EQUAL = Set.of("keepequal", "dropequal");
    private static final Set<String> NEED_TARGET =
            Set.of("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal");
    private static final Set<String> LABELS = Set.of("labeldrop", "labelkeep");
    private static final Pattern LEGACY_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** In re2j, which needs no more than linear time for it. */
    private static final com.google.re2j.Pattern LEGACY_TEMPLATE =
            com.google.re2j.Pattern.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+");

    private static final String DEFAULT_REPLACEMENT = "$1";

    private RelabelRules() {}

    /** The first problem of a list of relabel configs. */
    static Optional<Reason> problem(Part owner, String field, SemanticVersion version, OperatorVersion operator) {
        for (Part config : owner.parts(field)) {
            Optional<Reason> problem = of(config, version, operator);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** True if a Prometheus of this version takes the text for a label's name. */
    static boolean isLabelName(String text, SemanticVersion version) {
        return version.atLeast("3.0.0")
                ? !text.isEmpty() && wellFormed(text)
                : LEGACY_NAME.matcher(text).matches();
    }

    private static Optional<Reason> of(Part config, SemanticVersion version, OperatorVersion operator) {
        String given = config.text("action");
        String action = given.isEmpty() ? "replace" : given.toLowerCase(Locale.ROOT);
        String replacement = config.text("replacement");
        boolean replaces = config.has("replacement");
        if (CASE.contains(action) && version.before("2.36.0")) {
            return tooOld(config, action, "2.36.0", version);
        }
        if (EQUAL.contains(action) && version.before("2.41.0")) {
            return tooOld(config, action, "2.41.0", version);
        }
        Optional<String> regex = GoRegex.problem(config.text("regex"));
        if (regex.isPresent()) {
            return reason("RL-REGEX", config, "regex", "it is no RE2 expression: " + regex.get() + ".");
        }
        if (action.equals("hashmod") && number(config, "modulus") == 0) {
            return reason("RL-MODULUS", config, "modulus", "hashmod needs a modulus above zero.");
        }
        if (NEED_TARGET.contains(action)) {
            Optional<Reason> target = target(config, action, version, operator);
            if (target.isPresent()) {
                return target;
            }
        }
        if (CASE.contains(action) && replaces && !replacement.equals(DEFAULT_REPLACEMENT)) {
            return reason("RL-ONLY", config, "replacement", action + " takes no replacement; remove it.");
        }
        if (action.equals("labelmap") && replaces && !mapsTo(replacement, version, operator)) {
            return reason(
                    "RL-LABELMAP",
                    config,
                    "replacement",
                    "\"" + replacement + "\" makes no label name for Prometheus " + version + ".");
        }
        return only(config, action, replaces, replacement);
    }

    private static Optional<Reason> target(
            Part config, String action, SemanticVersion version, OperatorVersion operator) {
        String target = config.text("targetLabel");
        if (target.isEmpty()) {
            return reason("RL-TARGET", config, "targetLabel", action + " needs a target label.");
        }
        if (isLabelName(target, version)) {
            return Optional.empty();
        }
        boolean template = target.indexOf('$') >= 0 && LEGACY_TEMPLATE.matches(target);
        if (action.equals("replace") && template) {
            return operator.before("0.86.0")
                    ? Optional.empty()
                    : reason(
                            "RL-TEMPLATE",
                            config,
                            "targetLabel",
                            "the operator takes no template for a label name before Prometheus 3.0, though Prometheus "
                                    + "would; write the name out.");
        }
        return reason(
                "RL-LABELNAME",
                config,
                "targetLabel",
                "\"" + target + "\" is no label name for Prometheus " + version + ".");
    }

    private static boolean mapsTo(String replacement, SemanticVersion version, OperatorVersion operator) {
        boolean namesOnly = operator.atLeast("0.86.0") && operator.before("0.90.0");
        boolean plain = version.atLeast("3.0.0") || namesOnly;
        return plain ? isLabelName(replacement, version) : LEGACY_TEMPLATE.matches(replacement);
    }

    /** Actions that take some fields only; a field that holds its default counts as unset. */
    private static Optional<Reason> only(Part config, String action, boolean replaces, String replacement) {
        boolean equal = EQUAL.contains(action);
        boolean labels = LABELS.contains(action);
        if (!equal && !labels) {
            return Optional.empty();
        }
        String takes = equal ? "source labels and a target label" : "a regex";
        String regex = config.text("regex");
        if (equal && !regex.isEmpty() && !regex.equals("(.*)")) {
            return extra(config, action, takes, "regex");
        }
        if (labels
                && config.object().value("sourceLabels") instanceof java.util.List<?> sources
                && !sources.isEmpty()) {
            return extra(config, action, takes, "sourceLabels");
        }
        if (labels && !config.text("targetLabel").isEmpty()) {
            return extra(config, action, takes, "targetLabel");
        }
        if (number(config, "modulus") != 0) {
            return extra(config, action, takes, "modulus");
        }
        if (config.has("separator") && !config.text("separator").equals(";")) {
            return extra(config, action, takes, "separator");
        }
        return replaces && !replacement.equals(DEFAULT_REPLACEMENT)
                ? extra(config, action, takes, "replacement")
                : Optional.empty();
    }

    private static Optional<Reason> extra(Part config, String action, String takes, String field) {
        return reason("RL-ONLY", config, field, action + " takes " + takes + " only; remove this field.");
    }

    private static Optional<Reason> tooOld(Part config, String action, String since, SemanticVersion version) {
        return reason(
                "RL-VERSION",
                config,
                "action",
                action + " came with Prometheus " + since + ", and this one is " + version + ".");
    }

    private static Optional<Reason> reason(String code, Part config, String field, String message) {
        return Optional.of(new Reason(code, config.at(field), message));
    }

    private static long number(Part config, String field) {
        return config.object().whole(field).orElse(0L);
    }

    /** False for text with half a surrogate pair, which no UTF-8 can say. */
    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
