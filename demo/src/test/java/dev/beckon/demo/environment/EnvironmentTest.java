package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether an environment runs, of which no server does; its cluster is a program that says what one would. */
class EnvironmentTest {
    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void anEnvironmentThatWasUpOnce() throws IOException {
        state = folder.resolve("up");
        Files.createDirectories(state.resolve("cluster"));
    }

    private Environment withClusterThatSays(String text, int exitCode) throws IOException {
        Path program = Files.writeString(
                folder.resolve("local-cluster"), """
                #!/bin/sh
                [ "$*" = "status --state %s -o json" ] || exit 9
                echo '%s'
                exit %d
                """.formatted(state.resolve("cluster"), text, exitCode));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Programs programs = new Programs(program, folder, folder, folder, folder, folder, folder);
        return new Environment(state, folder.resolve("world.yaml"), programs);
    }

    @Test
    void aClusterThatWasLeftAloneRuns() throws IOException {
        assertThat(withClusterThatSays("{\"running\": true, \"ready\": true}", 0)
                        .runs())
                .isTrue();
    }

    @Test
    void aClusterOfWhichNotEverythingIsWellRunsToo() throws IOException {
        assertThat(withClusterThatSays("{\"running\": true, \"ready\": false}\nError: not everything is running", 1)
                        .runs())
                .isTrue();
    }

    @Test
    void oneThatWasStoppedDoesNot() throws IOException {
        assertThat(withClusterThatSays("{\"running\": false}\nError: not everything is running", 1)
                        .runs())
                .isFalse();
    }

    @Test
    void whereThereWasNeverAClusterNoneIsAsked() throws IOException {
        Files.delete(state.resolve("cluster"));
        assertThat(withClusterThatSays("", 9).runs()).isFalse();
    }

    @Test
    void aClusterThatCanNotTellIsNoneThatDoesNotRun() throws IOException {
        Environment damaged = withClusterThatSays("Error: cluster.json is damaged: run down --purge to start anew", 1);
        assertThatThrownBy(damaged::runs).hasMessageContaining("is damaged");
    }
}
