package io.promwarden.demo;

import io.promwarden.inventory.RawObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is planted in the demo: {@code src/demo/faults.yaml}. */
final class Faults {

    /**
     * One fault.
     *
     * @param night both, first or second
     * @param says the lines of a report that show it
     */
    record Fault(String what, String night, List<String> says) {}

    private Faults() {}

    static List<Fault> planted() {
        RawObject file = World.documents(Path.of("src/demo/faults.yaml")).getFirst();
        return file.objects("faults").stream()
                .map(entry -> new Fault(
                        entry.text("what").orElseThrow(), entry.text("night").orElseThrow(), entry.words("says")))
                .toList();
    }

    /** The lines of all faults of these nights. */
    static Set<String> says(String... nights) {
        return planted().stream()
                .filter(fault -> List.of(nights).contains(fault.night()))
                .flatMap(fault -> fault.says().stream())
                .collect(Collectors.toSet());
    }
}
