package io.promwarden.html;

import io.promwarden.retention.SealedPlan;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A plan as one HTML file that needs nothing else, for whoever has to say yes to it. */
public final class PlanPage {

    /** What the file is called beside a report. */
    public static final String FILE_NAME = "plan.html";

    private PlanPage() {}

    public static byte[] render(SealedPlan plan) {
        return Templates.render("plan", Map.of("css", Templates.text("report.css"), "plan", PlanView.of(plan)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
