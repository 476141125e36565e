package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audience file that is not there yet is waited for by the word of one that can't be read. */
class AudienceFileTest {
    @TempDir
    private Path root;

    private Path volume;

    @BeforeEach
    void mount() throws IOException {
        volume = Files.createDirectories(new MountedFiles(root).at(Paths.AUDIENCE));
    }

    @Test
    void oneThatIsNotOnItsVolumeYetIsUnreadableAndIsReadOnceItIsThere() throws IOException {
        MountedFiles files = new MountedFiles(root);
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> AudienceLoad.file(files, "2026/guests.csv"))
                .withMessageContaining("There is no audience file 2026/guests.csv")
                .extracting(BadInput::reason)
                .isEqualTo("AudienceUnreadable");

        Files.createDirectory(volume.resolve("2026"));
        Path written = Files.writeString(volume.resolve("2026/guests.csv"), "username\nbobby\n");
        assertThat(AudienceLoad.file(files, "2026/guests.csv")).isEqualTo(written);
        assertThat(AudienceLoad.file(files, Paths.AUDIENCE + "/2026/guests.csv"))
                .isEqualTo(written);
    }
}
