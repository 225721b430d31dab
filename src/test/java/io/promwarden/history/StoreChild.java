package io.promwarden.history;

import io.promwarden.report.RunHistory;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A process of its own that stores one night after another until it is killed, and says which ones are safe. */
final class StoreChild {

    static final String OPEN = "the store is open";
    static final String STORED = "stored ";

    private StoreChild() {}

    public static void main(String[] arguments) {
        Opening opening = Store.open(arguments[0], Map.of(), "the child", StoredThings.NIGHT);
        if (!(opening instanceof Opening.Opened opened)) {
            System.out.println(opening);
            return;
        }
        System.out.println(OPEN);
        RunHistory history = new JdbcRunHistory(opened.store().dataSource());
        for (int night = 0; ; night++) {
            history.begin(StoredThings.night(night), "abc", StoredThings.NIGHT);
            history.save(StoredThings.night(night), StoredThings.CLUSTER, "validate", Duration.ZERO, result(night));
            history.finish(StoredThings.night(night), StoredThings.NIGHT, 0);
            System.out.println(STORED + night);
        }
    }

    static io.promwarden.report.StepResult result(int night) {
        return StoredThings.manyFindings(500 + night);
    }

    static Process start(String url) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        java, "-cp", classPath.replace(':', File.pathSeparatorChar), StoreChild.class.getName(), url))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
