package dev.beckon.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports beside each other: the newest stay, and none that is not whole has an export's name. */
class ExportFolderTest {
    private static final Instant FIRST = Instant.parse("2026-11-27T23:59:58Z");

    @TempDir
    private Path folder;

    private ExportFolder exports;

    @BeforeEach
    void open() {
        exports = new ExportFolder(folder);
    }

    private void write(int count) throws IOException {
        for (int second = 0; second < count; second++) {
            String text = "export " + second;
            assertThat(exports.write(FIRST.plus(Duration.ofSeconds(second)), writer -> {
                        writer.write(text);
                        return 7;
                    }))
                    .isEqualTo(7);
        }
    }

    private List<String> texts() throws IOException {
        return exports.oldestFirst().stream()
                .map(file -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    @Test
    void theNewestStay() throws IOException {
        write(5);
        assertThat(exports.keepNewest(2)).isEqualTo(3);
        // Across midnight, too.
        assertThat(texts()).containsExactly("export 3", "export 4");
        assertThat(exports.keepNewest(2)).isZero();
    }

    @Test
    void othersFilesStay() throws IOException {
        write(2);
        List<String> others = List.of("suppressions.csv", "suppressions-20200101T000000Z.csv.bak", "notes.unfinished");
        for (String other : others) {
            Files.writeString(folder.resolve(other), "x");
        }
        exports.keepNewest(1);
        assertThat(texts()).containsExactly("export 1");
        assertThat(others).allSatisfy(other -> assertThat(folder.resolve(other)).exists());
    }

    @Test
    void oneThatWasCutShortIsNoExportAndTheNextRemovesIt() throws IOException {
        write(1);
        assertThatThrownBy(() -> exports.write(FIRST.plusSeconds(60), writer -> {
                    writer.write("half");
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(texts()).containsExactly("export 0");
        exports.keepNewest(1);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        assertThat(texts()).containsExactly("export 0");
    }

    @Test
    void onlyTheirOwnerReadsThem() throws IOException {
        write(1);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(exports.oldestFirst().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsMissingIsTold() {
        assertThatThrownBy(() -> new ExportFolder(folder.resolve("none")).write(FIRST, _ -> 0))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("There is no folder");
    }
}
