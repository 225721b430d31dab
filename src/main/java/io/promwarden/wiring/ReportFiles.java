package io.promwarden.wiring;

import io.promwarden.delivery.RenderedFiles;
import io.promwarden.report.GovernanceReport;
import io.promwarden.report.ReportRenderer;
import io.promwarden.report.RunId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Where a run's files are: {@code <reports>/<job>/<slot>/}, and the attempt's number behind the slot if it is not the first. */
final class ReportFiles {

    private final Path reports;
    private final List<ReportRenderer> renderers;

    ReportFiles(Path reports, List<ReportRenderer> renderers) {
        this.reports = reports;
        this.renderers = List.copyOf(renderers);
    }

    Path folder(RunId run) {
        String slot = run.slotText() + (run.attempt() == 0 ? "" : "-" + run.attempt());
        return reports.resolve(run.job()).resolve(slot).toAbsolutePath().normalize();
    }

    /** Writes every file whole or not at all; what an earlier try wrote is replaced. */
    RenderedFiles write(GovernanceReport report) throws IOException {
        Path folder = folder(report.run());
        Files.createDirectories(folder);
        for (ReportRenderer renderer : renderers) {
            Path half = folder.resolve("." + renderer.fileName() + ".tmp");
            try {
                Files.write(half, renderer.render(report));
                Files.move(
                        half,
                        folder.resolve(renderer.fileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
        }
        return of(report.run());
    }

    /** The files that are there. */
    RenderedFiles of(RunId run) {
        Path folder = folder(run);
        List<Path> files = renderers.stream()
                .map(renderer -> folder.resolve(renderer.fileName()))
                .filter(Files::isRegularFile)
                .toList();
        return new RenderedFiles(folder, files);
    }

    /** The files that are there, and the mails that were written beside them instead of being sent. */
    List<Path> all(RunId run) {
        List<Path> all = new ArrayList<>(of(run).files());
        try (DirectoryStream<Path> mails = Files.newDirectoryStream(folder(run), "*.eml")) {
            mails.forEach(all::add);
        } catch (IOException e) {
            // Nothing was written there: the report's own step has said why.
            return all;
        }
        return all;
    }
}
