package dev.beckon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BeckonTest {
    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        return Beckon.commands()
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    @Test
    void aMissingWorldFileIsOneSentence() {
        Path missing = folder.resolve("nope.yaml");
        assertThat(run("up", "--state", folder.resolve("up").toString(), "--world", missing.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).isEqualToIgnoringNewLines("✗ There is no world file " + missing + ".\n");
        assertThat(folder.resolve("up")).doesNotExist();
    }

    @Test
    void aFolderIsNoWorldFile() {
        assertThat(run("up", "--state", folder.resolve("up").toString(), "--world", folder.toString()))
                .isEqualTo(1);
        assertThat(errors.toString())
                .isEqualToIgnoringNewLines("✗ There is no world file " + folder + ": it is no file.\n");
    }

    @Test
    void stoppingWhereNothingWasStartedLeavesNothingBehind() {
        assertThat(run("down", "--state", folder.toString())).isZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aWrongOptionShowsHowItIsUsed() {
        assertThat(run("up", "--wrld", "x")).isEqualTo(2);
        assertThat(errors.toString()).contains("--wrld").contains("Usage: beckon up");
    }
}
