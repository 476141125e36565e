package dev.beckon.ledger.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.testing.ManyLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole import in a process of its own with a small heap. */
@Tag("integration")
class MillionLinesTest {
    private static final int LINES = Integer.getInteger("beckon.import.lines", 1_000_000);

    @Test
    void aMillionLinesFitASmallHeap() throws Exception {
        assertFits(256, LINES, 0);
    }

    /** As an export has them that brings notes and HTML along; in the heap that a worker has. */
    @Test
    void linesThatAreNearlyTooLongFitAWorkersHeap() throws Exception {
        assertFits(128, 4_000, 60_000);
    }

    private static void assertFits(int heapMib, int lines, int notes) throws Exception {
        Process importing = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMib + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dbeckon.test.database=" + System.getProperty("beckon.test.database", "mariadb"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyLines.class.getName(),
                        Integer.toString(lines),
                        Integer.toString(notes)))
                .redirectErrorStream(true)
                .start();
        String output = new String(importing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(importing.waitFor()).as(output).isZero();
    }
}
