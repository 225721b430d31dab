package io.promwarden.coverage;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One line of the coverage while its pods or addresses are looked at. */
final class EntryDraft {

    private final String namespace;
    private final String kind;
    private final String name;
    private final Set<Coverage.By> by = EnumSet.noneOf(Coverage.By.class);
    private final Set<String> monitors = new TreeSet<>();
    private final Set<String> probes = new TreeSet<>();
    private int expected;
    private int up;
    private int partly;
    private int down;
    private int waiting;
    private String trouble = "";

    EntryDraft(String namespace, String kind, String name) {
        this.namespace = namespace;
        this.kind = kind;
        this.name = name;
    }

    void add(String unitName, Unit unit) {
        expected++;
        switch (unit.state()) {
            case UP -> up++;
            case PARTLY -> partly++;
            case DOWN -> down++;
            case WAITING -> waiting++;
            case NONE -> {}
        }
        if (trouble.isEmpty() && !unit.trouble().isEmpty()) {
            trouble = unitName + ": " + unit.trouble();
        }
    }

    void coveredBy(Coverage.By how, String monitor) {
        by.add(how);
        monitors.add(monitor);
    }

    void sidecar() {
        by.add(Coverage.By.SIDECAR);
    }

    /** A probe asks from outside whether a Service answers; nobody reads the Service's own metrics by it. */
    void probedBy(String probe) {
        by.add(Coverage.By.PROBE);
        probes.add(probe);
    }

    Coverage.Entry judged(String idle) {
        String names = String.join(", ", monitors);
        if (expected == 0) {
            return in(Coverage.State.IDLE, idle);
        }
        if (up == expected) {
            return in(Coverage.State.COVERED, names);
        }
        if (up + partly > 0) {
            return in(Coverage.State.PARTLY, names + "; " + trouble);
        }
        if (down > 0) {
            return in(Coverage.State.DOWN, names + "; " + trouble);
        }
        if (waiting > 0) {
            return in(Coverage.State.NOT_MEASURED, names + "; " + trouble);
        }
        if (!probes.isEmpty()) {
            return in(
                    Coverage.State.PARTLY,
                    String.join(", ", probes) + "; only probed from outside, its own metrics are not scraped");
        }
        return in(Coverage.State.UNCOVERED, "no target");
    }

    Coverage.Entry notMeasured(String why) {
        return in(Coverage.State.NOT_MEASURED, why);
    }

    Coverage.Entry in(Coverage.State state, String detail) {
        return new Coverage.Entry(namespace, kind, name, state, List.copyOf(by), up, expected, detail);
    }
}
