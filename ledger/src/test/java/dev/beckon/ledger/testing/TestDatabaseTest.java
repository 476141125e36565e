package dev.beckon.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class TestDatabaseTest {
    @TempDir
    Path folder;

    /** Else servers that are prepared at the same time end each other. */
    @Test
    void aServerThatIsPreparedAndStartedLeavesTheTemporaryTablesOfOthers() throws IOException {
        Path table = Files.createTempFile("#sql-temptable-beckon", ".MAI");
        try {
            TestDatabase.start(folder.resolve("server")).close();
            assertThat(table).exists();
        } finally {
            Files.deleteIfExists(table);
        }
    }
}
