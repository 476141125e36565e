package dev.beckon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tool that is missing, or too old, is named in one sentence before anything is built. */
class MissingToolTest {
    /** All that the script itself is made of. */
    private static final List<String> COMMON = List.of("bash", "dirname", "readlink", "sed", "grep", "head", "cut");

    @TempDir
    private Path path;

    @BeforeEach
    void aMachineWithoutTools() throws IOException {
        for (String program : COMMON) {
            Files.createSymbolicLink(path.resolve(program), Path.of("/usr/bin").resolve(program));
        }
    }

    private void is(String program, String output) throws IOException {
        Path file = Files.writeString(path.resolve(program), "#!/usr/bin/env bash\necho '" + output + "'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private String needed(String tool) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("/usr/bin/bash", "../scripts/need", tool).redirectErrorStream(true);
        command.environment().clear();
        command.environment().put("PATH", path.toString());
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }

    @ParameterizedTest
    @CsvSource({
        "maven, 'Beckon needs Maven 3.8.7 or newer (Debian: apt-get install maven).'",
        "go, 'Beckon''s local Kubernetes needs Go 1.26 or newer on the PATH.'",
        "node, 'Beckon fetches TDLib with npm: install Node.js 20 or newer.'",
        "python, 'The independent Telegram client of the tests needs Python 3.10 or newer with venv (Debian: apt-get install python3-venv).'"
    })
    void whatIsMissingIsNamed(String tool, String sentence) throws Exception {
        assertThat(needed(tool)).isEqualTo(sentence + "\n");
    }

    @Test
    void whatIsTooOldIsToldWithItsVersion() throws Exception {
        is("go", "go1.22.3");
        is("npm", "10.0.0");
        is("node", "v18.19.0");
        assertThat(needed("go")).isEqualTo("Beckon's local Kubernetes needs Go 1.26 or newer; this is go1.22.3.\n");
        assertThat(needed("node")).isEqualTo("Beckon needs Node.js 20 or newer; this is v18.19.0.\n");
    }

    @Test
    void whatIsThereIsNotSpokenOf() throws Exception {
        is("go", "go1.26.1");
        is("npm", "10.0.0");
        is("node", "v22.4.0");
        is("mvn", "Apache Maven 3.9");
        assertThat(needed("go") + needed("node") + needed("maven")).isEmpty();
    }
}
