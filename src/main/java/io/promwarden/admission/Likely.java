package io.promwarden.admission;

import io.promwarden.label.Nearest;
import java.util.Optional;

/** The field that somebody may have meant who wrote one that the schema does not know. */
final class Likely {

    private static final int DEEPEST = 3;

    private Likely() {}

    /** A field beside it that is written nearly alike; else the same name, where it stands further inside. */
    static Optional<String> name(String name, Structure structure) {
        Optional<String> near = Nearest.to(name, structure.properties().keySet());
        if (near.isPresent()) {
            return near;
        }
        for (int depth = 1; depth <= DEEPEST; depth++) {
            Optional<String> inside = inside(name, structure, depth);
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inside(String name, Structure structure, int depth) {
        if (depth == 0) {
            return structure.properties().containsKey(name) ? Optional.of(name) : Optional.empty();
        }
        for (var property : structure.properties().entrySet()) {
            Structure items = property.getValue().items();
            Optional<String> found = inside(name, items == null ? property.getValue() : items, depth - 1);
            if (found.isPresent()) {
                return Optional.of(property.getKey() + (items == null ? "." : "[].") + found.get());
            }
        }
        return Optional.empty();
    }
}
