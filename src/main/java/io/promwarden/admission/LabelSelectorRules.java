package io.promwarden.admission;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A label selector as Kubernetes' own code would compile it; the schema takes more than that. */
final class LabelSelectorRules {

    private LabelSelectorRules() {}

    static Optional<Reason> problem(Part selector, String code) {
        for (Map.Entry<String, String> label :
                selector.object().texts("matchLabels").entrySet()) {
            String path = selector.at("matchLabels") + "[" + label.getKey() + "]";
            Optional<Reason> problem = KubernetesLabel.keyProblem(label.getKey())
                    .or(() -> KubernetesLabel.valueProblem(label.getValue()))
                    .map(words -> new Reason(code, path, words + "."));
            if (problem.isPresent()) {
                return problem;
            }
        }
        for (Part expression : selector.parts("matchExpressions")) {
            Optional<Reason> problem = expression(expression, code);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> expression(Part expression, String code) {
        String operator = expression.text("operator");
        List<String> values = expression.object().words("values");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    return Optional.of(
                            new Reason(code, expression.at("values"), operator + " needs at least one value."));
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    return Optional.of(
                            new Reason(code, expression.at("values"), operator + " takes no values; remove them."));
                }
            }
            default -> {
                return Optional.of(new Reason(
                        code,
                        expression.at("operator"),
                        "\"" + operator + "\" is no operator; use In, NotIn, Exists or DoesNotExist."));
            }
        }
        return KubernetesLabel.keyProblem(expression.text("key"))
                .map(words -> new Reason(code, expression.at("key"), words + "."))
                .or(() -> values.stream()
                        .flatMap(value -> KubernetesLabel.valueProblem(value).stream())
                        .findFirst()
                        .map(words -> new Reason(code, expression.at("values"), words + ".")));
    }
}
