package io.promwarden.explain;

import java.util.Optional;

final class Mending {
    Mending(World world, Backends backends, Selection selection) {}

    Optional<PatchFix> fix(Chain chain) {
        return Optional.empty();
    }
}
