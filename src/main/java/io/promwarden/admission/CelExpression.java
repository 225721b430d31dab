package io.promwarden.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a CEL rule, ready to be evaluated. */
@FunctionalInterface
interface CelExpression {

    @Nullable
    Object value(Scope scope) throws Failed;

    /** What names mean: {@code self}, and the variable of each macro around. */
    record Scope(
            @Nullable Scope outer, String name, @Nullable Object bound) {
        static Scope self(@Nullable Object self) {
            return new Scope(null, "self", self);
        }

        Scope with(String variable, @Nullable Object value) {
            return new Scope(this, variable, value);
        }

        @Nullable
        Object value(String wanted) throws Failed {
            for (Scope scope = this; scope != null; scope = scope.outer) {
                if (scope.name.equals(wanted)) {
                    return scope.bound;
                }
            }
            throw new Failed();
        }
    }

    /** A value could not be had: a missing field, a comparison of strangers. */
    final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed() {
            super(null, null, false, false);
        }
    }

    static CelExpression constant(@Nullable Object value) {
        return scope -> value;
    }

    static CelExpression variable(String name) {
        return scope -> scope.value(name);
    }

    static CelExpression list(List<CelExpression> entries) {
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (CelExpression entry : entries) {
                values.add(entry.value(scope));
            }
            return values;
        };
    }

    static CelExpression field(CelExpression of, String name) {
        return scope -> {
            if (of.value(scope) instanceof Map<?, ?> map && map.containsKey(name)) {
                return map.get(name);
            }
            throw new Failed();
        };
    }

    static CelExpression has(CelExpression of, String name) {
        return scope -> {
            if (of.value(scope) instanceof Map<?, ?> map) {
                return map.get(name) != null;
            }
            throw new Failed();
        };
    }

    static CelExpression not(CelExpression operand) {
        return scope -> !truth(operand.value(scope));
    }

    static CelExpression choice(CelExpression condition, CelExpression yes, CelExpression no) {
        return scope -> truth(condition.value(scope)) ? yes.value(scope) : no.value(scope);
    }

    /** {@code ||} for a decisive true, {@code &&} for a decisive false: CEL lets it win over a failure on the other side. */
    static CelExpression either(CelExpression left, CelExpression right, boolean decisive) {
        return scope -> {
            try {
                if (truth(left.value(scope)) == decisive) {
                    return decisive;
                }
            } catch (Failed e) {
                if (truth(right.value(scope)) == decisive) {
                    return decisive;
                }
                throw e;
            }
            return truth(right.value(scope));
        };
    }

    static CelExpression comparison(CelExpression left, String operator, CelExpression right) {
        return scope -> {
            Object a = left.value(scope);
            Object b = right.value(scope);
            if (operator.equals("==")) {
                return Json.comparable(a).equals(Json.comparable(b));
            }
            if (operator.equals("!=")) {
                return !Json.comparable(a).equals(Json.comparable(b));
            }
            int order = order(a, b);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        };
    }

    static CelExpression in(CelExpression entry, CelExpression container) {
        return scope -> {
            Object wanted = Json.comparable(entry.value(scope));
            return switch (container.value(scope)) {
                case List<?> list ->
                    list.stream().anyMatch(one -> Json.comparable(one).equals(wanted));
                case Map<?, ?> map -> map.containsKey(wanted);
                case null -> throw new Failed();
                default -> throw new Failed();
            };
        };
    }

    static CelExpression size(CelExpression of) {
        return scope -> switch (of.value(scope)) {
            case List<?> list -> (long) list.size();
            case Map<?, ?> map -> (long) map.size();
            case String text -> (long) text.codePointCount(0, text.length());
            case null -> throw new Failed();
            default -> throw new Failed();
        };
    }

    /** {@code filter}, {@code all} or {@code exists} over a list. */
    static CelExpression macro(CelExpression over, String macro, String variable, CelExpression body) {
        return scope -> {
            if (!(over.value(scope) instanceof List<?> list)) {
                throw new Failed();
            }
            List<@Nullable Object> kept = new ArrayList<>();
            for (Object entry : list) {
                if (truth(body.value(scope.with(variable, entry)))) {
                    kept.add(entry);
                }
            }
            return switch (macro) {
                case "filter" -> (Object) kept;
                case "all" -> kept.size() == list.size();
                default -> !kept.isEmpty();
            };
        };
    }

    private static boolean truth(@Nullable Object value) throws Failed {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new Failed();
    }

    private static int order(@Nullable Object a, @Nullable Object b) throws Failed {
        if (a instanceof Number one && b instanceof Number other) {
            return Json.number(one).compareTo(Json.number(other));
        }
        if (a instanceof String one && b instanceof String other) {
            return one.compareTo(other);
        }
        throw new Failed();
    }
}
