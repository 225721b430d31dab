package io.promwarden.relabel;

import io.promwarden.answer.Answer;
import java.util.List;
import java.util.Optional;

/**
 * One rule, with Prometheus' defaults filled in.
 *
 * @param sourceLabels whose values are joined; empty joins to an empty value
 * @param separator between the joined values
 * @param targetLabel may hold groups of the expression where the action is replace; empty where the action needs none
 * @param modulus for hashmod, unsigned
 * @param replacement a template with groups of the expression; for labelmap the new name
 */
public record RelabelRule(
        Action action,
        List<String> sourceLabels,
        String separator,
        RelabelRegex regex,
        String targetLabel,
        long modulus,
        String replacement) {

    public static final String DEFAULT_SEPARATOR = ";";
    public static final String DEFAULT_REPLACEMENT = "$1";

    public RelabelRule {
        sourceLabels = List.copyOf(sourceLabels);
    }

    /**
     * Reads a rule as Prometheus does: what isn't given has its default, and what is given and empty is empty. (The
     * operator doesn't write an empty expression into the configuration: whoever reads its objects gives none.)
     *
     * @param action in any case; empty is replace
     * @return unknown, with the reason, for what Prometheus refuses whatever its version; a name that only Prometheus 3
     *     allows is let through
     */
    public static Answer<RelabelRule> of(
            String action,
            List<String> sourceLabels,
            Optional<String> separator,
            Optional<String> regex,
            String targetLabel,
            long modulus,
            Optional<String> replacement) {
        Optional<Action> known = Action.find(action);
        if (known.isEmpty()) {
            return Answer.unknown("unknown relabel action " + action);
        }
        return RelabelRegex.of(regex.orElse(RelabelRegex.DEFAULT)).flatMap(compiled -> {
            RelabelRule rule = new RelabelRule(
                    known.get(),
                    sourceLabels,
                    separator.orElse(DEFAULT_SEPARATOR),
                    compiled,
                    targetLabel,
                    modulus,
                    replacement.orElse(DEFAULT_REPLACEMENT));
            // Prometheus refuses keepequal and dropequal with any expression, were it the default written out.
            return rule.refusal(regex.isPresent())
                    .<Answer<RelabelRule>>map(Answer::unknown)
                    .orElse(Answer.known(rule));
        });
    }

    private Optional<String> refusal(boolean regexGiven) {
        if (action == Action.HASHMOD && modulus == 0) {
            return Optional.of("hashmod needs a modulus other than 0");
        }
        if (action.needsTarget() && targetLabel.isEmpty()) {
            return Optional.of(action.word() + " needs a target label");
        }
        return switch (action) {
            case LOWERCASE, UPPERCASE ->
                replacement.equals(DEFAULT_REPLACEMENT)
                        ? Optional.empty()
                        : Optional.of(action.word() + " takes no replacement");
            case LABELMAP ->
                replacement.isEmpty() ? Optional.of("labelmap needs a replacement that isn't empty") : Optional.empty();
            case KEEPEQUAL, DROPEQUAL ->
                regexGiven || extras()
                        ? Optional.of(action.word() + " takes source labels and a target label, and nothing else")
                        : Optional.empty();
            case LABELDROP, LABELKEEP ->
                extras() || !sourceLabels.isEmpty() || !targetLabel.isEmpty()
                        ? Optional.of(action.word() + " takes a regular expression, and nothing else")
                        : Optional.empty();
            case REPLACE, KEEP, DROP, HASHMOD -> Optional.empty();
        };
    }

    private boolean extras() {
        return modulus != 0 || !separator.equals(DEFAULT_SEPARATOR) || !replacement.equals(DEFAULT_REPLACEMENT);
    }
}
