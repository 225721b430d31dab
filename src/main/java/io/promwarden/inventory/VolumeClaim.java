package io.promwarden.inventory;

import java.util.Optional;

/**
 * A PersistentVolumeClaim.
 *
 * @param capacity bytes: what was bound, or else what was asked for
 */
public record VolumeClaim(ObjectMeta meta, Optional<Long> capacity) {

    public static VolumeClaim of(RawObject object) {
        return new VolumeClaim(
                ObjectMeta.of(object),
                object.text("status", "capacity", "storage")
                        .or(() -> object.text("spec", "resources", "requests", "storage"))
                        .flatMap(Quantity::bytes));
    }
}
