package io.promwarden.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.promwarden.answer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("DB_PASSWORD", "s3cr3t");

    @ParameterizedTest
    @ValueSource(
            strings = {"/data/store", "file:/data/store", "file:///data/store", " /data/store/ ", "/data/x/../store"})
    void a_directory_holds_a_database_of_our_name(String url) {
        assertThat(StoreUrl.parse(url, ENVIRONMENT))
                .isEqualTo(Answer.known(new StoreUrl.H2File(Path.of("/data/store/promwarden"))));
    }

    @Test
    void h2s_own_url_names_the_file() {
        assertThat(StoreUrl.parse("jdbc:h2:file:/data/nights", ENVIRONMENT))
                .isEqualTo(Answer.known(new StoreUrl.H2File(Path.of("/data/nights"))));
    }

    @Test
    void a_relative_directory_and_a_home_are_made_absolute() {
        assertThat(StoreUrl.parse("store", ENVIRONMENT))
                .isEqualTo(Answer.known(
                        new StoreUrl.H2File(Path.of("store/promwarden").toAbsolutePath())));
        assertThat(StoreUrl.parse("file:~/store", ENVIRONMENT))
                .isEqualTo(Answer.known(
                        new StoreUrl.H2File(Path.of(System.getProperty("user.home"), "store", "promwarden"))));
    }

    @Test
    void a_password_comes_from_the_environment_and_is_never_shown() {
        StoreUrl url = StoreUrl.parse(
                        "jdbc:postgresql://db:5432/warden?user=w&password=${DB_PASSWORD}&sslmode=verify-full",
                        ENVIRONMENT)
                .value()
                .orElseThrow();

        assertThat(url)
                .isEqualTo(new StoreUrl.Postgres(
                        "jdbc:postgresql://db:5432/warden?sslmode=verify-full",
                        Map.of("user", "w", "password", "s3cr3t")));
        assertThat(url.toString()).isEqualTo("jdbc:postgresql://db:5432/warden");
    }

    @Test
    void a_password_may_be_in_a_file_or_in_the_usual_variable(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "s3cr3t\n");
        StoreUrl known =
                new StoreUrl.Postgres("jdbc:postgresql://db/warden", Map.of("user", "w", "password", "s3cr3t"));

        assertThat(StoreUrl.parse("postgresql://w@db/warden?password=file:" + file, ENVIRONMENT))
                .isEqualTo(Answer.known(known));
        assertThat(StoreUrl.parse("postgres://w@db/warden", Map.of("PGPASSWORD", "s3cr3t")))
                .isEqualTo(Answer.known(known));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/warden?user=w&password=s3cr3t",
                "jdbc:postgresql://db/warden?sslpassword=s3cr3t",
                "postgresql://w:s3cr3t@db/warden"
            })
    void a_password_in_the_url_is_refused_with_the_reason(String url) {
        assertThat(StoreUrl.parse(url, ENVIRONMENT).reason().orElseThrow())
                .contains("password=${NAME}")
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "file:",
                "jdbc:h2:file:/data/x;INIT=RUNSCRIPT FROM 'x'",
                "/data;MODE=Oracle",
                "jdbc:mysql://db/x",
                "jdbc:h2:tcp://db/x",
                "https://db/x",
                "file://host/x",
                "/data/promwarden.mv.db",
                "jdbc:postgresql://db/x?password=${NOT_SET}",
                "jdbc:postgresql://db/x?password=file:/no/such/file",
                "/data/\u0000"
            })
    void what_is_no_store_is_refused(String url) {
        assertThat(StoreUrl.parse(url, ENVIRONMENT).reason()).isPresent();
    }
}
