package dev.beckon.worker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ParseOrder.Export;
import dev.beckon.workorder.ParseOrder.Format;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that is none within the volume is refused before anything is done. */
class DatasetExportTest {
    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "/etc/passwd", "..", "../x", "a/../../x", "a/./x", "a/", "./x", "a\u0000b", "a\nb"})
    void isRefused(String path) {
        assertThatThrownBy(() -> DatasetExport.to(new MountedFiles(root), new Export(Format.Csv, path)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spec.export.volume.path");
    }

    @Test
    void aFileInAFolderIsTaken() {
        assertThat(DatasetExport.to(new MountedFiles(root), new Export(Format.Csv, "lists/members.csv")))
                .isNotNull();
    }
}
