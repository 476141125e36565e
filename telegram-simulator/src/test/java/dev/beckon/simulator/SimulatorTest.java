package dev.beckon.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line answers in sentences. */
class SimulatorTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Simulator.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String world(String yaml) throws IOException {
        return Files.writeString(folder.resolve("world.yaml"), yaml).toString();
    }

    @Test
    void aGoodWorldIsTold() throws IOException {
        assertThat(run("check", "--world", world("people: [{username: alice}]\n")))
                .isZero();
        assertThat(out.toString()).contains("is a world. People: 1, chats: 0,");
    }

    @Test
    void aBadWorldIsToldByLineAndFieldAndNothingElse() throws IOException {
        assertThat(run("check", "--world", world("people:\n  - {username: alice, phone: 12}\n")))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("world.yaml:2: people[0].phone: '12' is no phone number");
    }

    @Test
    void aMissingFileIsTold() {
        assertThat(run("check", "--world", folder.resolve("none.yaml").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no such file").doesNotContain("Exception");
    }

    @Test
    void aMissingOptionIsToldWithTheUsage() {
        assertThat(run("serve")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required options").contains("--world");
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).contains("serve").contains("check");
    }
}
