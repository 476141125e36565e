package dev.beckon.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A key more, and none less. */
class KeysCommandTest {
    private static final String NAME = "phone:+491701234567";

    @TempDir
    private Path folder;

    private final LedgerKeys keys = LedgerKeys.generate();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("keys.json"), keys.toJson());
    }

    private int keys(String... options) {
        return new CommandLine(new KeysCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(options);
    }

    private LedgerKeys printed() {
        return LedgerKeys.fromJson(out.toString());
    }

    private static byte[] written(LedgerKeys with) {
        return with.fieldCipher().encrypt("somebody".getBytes(StandardCharsets.UTF_8), "table", 1);
    }

    private static void reads(LedgerKeys keys, byte[] written) {
        assertThat(keys.fieldCipher().decrypt(written, "table", 1)).asString().isEqualTo("somebody");
    }

    @Test
    void anAddedLookUpKeyIsTheNewestAndTheOthersStillFind() {
        assertThat(keys("--add-lookup-key", file.toString())).isEqualTo(ExitCode.OK.code());
        assertThat(printed().lookupKeys().of(NAME))
                .hasSize(2)
                .contains(keys.lookupKeys().primaryOf(NAME));
        assertThat(printed().lookupKeys().primaryOf(NAME))
                .isNotEqualTo(keys.lookupKeys().primaryOf(NAME));
        // The encryption keys are the same: pods with either file read each other's rows.
        reads(printed(), written(keys));
        reads(keys, written(printed()));
    }

    @Test
    void aRotationLeavesTheLookUpKeysAsTheyWere() {
        assertThat(keys("--rotate", file.toString())).isEqualTo(ExitCode.OK.code());
        assertThat(printed().lookupKeys().of(NAME)).isEqualTo(keys.lookupKeys().of(NAME));
        reads(printed(), written(keys));
    }

    @Test
    void theFileItselfIsLeftAlone() throws IOException {
        keys("--add-lookup-key", file.toString());
        assertThat(file).hasContent(keys.toJson());
    }

    @Test
    void bothAtOnceAreRefused() {
        assertThat(keys("--rotate", file.toString(), "--add-lookup-key", file.toString()))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("--rotate=FILE", "--add-lookup-key=FILE", "mutually exclusive");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatIsNoneIsRefusedWithASentence() throws IOException {
        assertThat(keys("--add-lookup-key", folder.resolve("none.json").toString()))
                .isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(err.toString()).contains("none.json can't be read");
        Files.writeString(file, "{\"version\": 7}");
        assertThat(keys("--add-lookup-key", file.toString())).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(err.toString()).contains("keys.json must have \"version\": 1.");
        assertThat(out.toString()).isEmpty();
    }
}
