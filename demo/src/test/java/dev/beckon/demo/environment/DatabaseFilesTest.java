package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation of the real database that dies half-way. */
@Tag("integration")
class DatabaseFilesTest {
    private static final String PASSWORD = "of-nobody";

    /** Another JVM that installs until it is killed. */
    static final class Installer {
        public static void main(String[] arguments) {
            new DatabaseFiles(Path.of(arguments[0])).install();
        }
    }

    /** Another JVM that removes until it is killed. */
    static final class Remover {
        public static void main(String[] arguments) {
            new DatabaseFiles(Path.of(arguments[0])).remove();
        }
    }

    @TempDir
    private Path folder;

    private Stream<ProcessHandle> writers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("--datadir=" + folder))
                        .isPresent());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    private void installAndKill() throws IOException, InterruptedException {
        Process installer = new ProcessBuilder(
                        JavaProgram.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Installer.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> writers().anyMatch(DatabaseFilesTest::isAtWork));
            // They are held where they are, so that they have not ended by themselves when the next installation comes.
            for (ProcessHandle writer : writers().toList()) {
                new ProcessBuilder("kill", "-STOP", String.valueOf(writer.pid()))
                        .start()
                        .waitFor();
            }
        } finally {
            installer.destroyForcibly().waitFor();
        }
    }

    private static boolean isAtWork(ProcessHandle writer) {
        return writer.info()
                .commandLine()
                .filter(line -> line.contains("--bootstrap"))
                .isPresent();
    }

    @AfterEach
    void endWriters() {
        writers().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whatAKilledInstallationLeftIsNeitherBelievedNorWrittenToAnyMore() throws Exception {
        installAndKill();
        assertThat(names())
                .as("nothing is where a server looks")
                .noneMatch(name -> name.matches("base|data|installed"));
        assertThat(writers()).as("its programs outlive it").isNotEmpty();

        Database database = new Database(folder, Ports.free(), PASSWORD);
        try {
            database.start();

            assertThat(names()).contains("base", "data", "installed").noneMatch(name -> name.startsWith("installing-"));
            assertThat(writers()).singleElement().isEqualTo(database.process().orElseThrow());
            try (Connection admin = DriverManager.getConnection(database.url(), Database.ADMIN, PASSWORD)) {
                assertThat(admin.isValid(5)).isTrue();
            }
        } finally {
            database.stop();
        }
    }

    @Test
    void whoForgetsAKilledInstallationEndsItsWritersFirst() throws Exception {
        installAndKill();

        new DatabaseFiles(folder).remove();

        assertThat(folder).doesNotExist();
        assertThat(writers()).isEmpty();
    }

    @Test
    void anInstallationThatWasKilledBetweenProgramsAndDataIsMadeAnew() throws Exception {
        Path halfMade = Files.createDirectories(folder.resolve("base/bin")).resolve("mariadbd");
        Files.writeString(halfMade, "no program");
        Files.createDirectories(folder.resolve("data/mysql"));

        new DatabaseFiles(folder).install();

        assertThat(halfMade).isExecutable();
        assertThat(folder.resolve("data/ibdata1")).exists();
    }

    @Test
    void aRemovalThatIsKilledHalfWayLeavesNothingThatIsBelievedToBeWhole() throws Exception {
        Path base = Files.createDirectory(folder.resolve("base"));
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(base.resolve("program-" + i));
        }
        Files.createFile(folder.resolve("installed"));
        // The last by name goes first.
        Path first = base.resolve("program-9999");
        Process remover = new ProcessBuilder(
                        JavaProgram.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Remover.class.getName(),
                        folder.toString())
                .start();

        await().pollInterval(Duration.ofMillis(1)).until(() -> !Files.exists(first));
        remover.destroyForcibly().waitFor();

        assertThat(base).as("killed half-way").exists();
        assertThat(folder.resolve("installed")).doesNotExist();
    }

    @Test
    void whatIsInstalledStays() throws Exception {
        Files.createFile(folder.resolve("installed"));
        Path table =
                Files.createFile(Files.createDirectory(folder.resolve("data")).resolve("ibdata1"));

        new DatabaseFiles(folder).install();

        assertThat(table).exists();
        assertThat(folder.resolve("base")).doesNotExist();
    }
}
