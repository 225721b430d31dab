package io.promwarden.wiring;

import io.promwarden.formats.PlanJson;
import io.promwarden.html.PlanPage;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.ReportRenderer;
import io.promwarden.retention.PlanDocument;
import io.promwarden.retention.SealedPlan;
import java.util.List;
import java.util.function.Function;

/** The plan of a run's retention step as a file beside its report. */
record PlanFile(String fileName, PlanDocument.Head head, Function<SealedPlan, byte[]> form) implements ReportRenderer {

    /** For programs, and for people. */
    static List<ReportRenderer> both(PlanDocument.Head head) {
        return List.of(
                new PlanFile(PlanJson.FILE_NAME, head, PlanJson::write),
                new PlanFile(PlanPage.FILE_NAME, head, PlanPage::render));
    }

    @Override
    public byte[] render(GovernanceReport report) {
        List<PlanDocument.OfCluster> clusters = report.retention().stream()
                .map(result -> new PlanDocument.OfCluster(result.cluster(), result.plans(), result.notRun()))
                .toList();
        return form.apply(PlanJson.seal(head.document(report.observedAt(), clusters)));
    }
}
