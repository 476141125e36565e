package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is judged before anything is started. */
class SimulatorProcessTest {
    @TempDir
    private Path folder;

    private Path state;
    private Path world;

    @BeforeEach
    void aWorld() throws IOException {
        state = folder.resolve("up/telegram");
        world = Files.writeString(folder.resolve("world.yaml"), "people: [{name: anna, id: 1}]\n");
    }

    private SimulatorProcess telegram() {
        return new SimulatorProcess(state, world, 1, 2);
    }

    @Test
    void aMistakeInTheWorldFileIsToldWithItsLineAndNothingIsLeftBehind() throws IOException {
        Files.writeString(world, "people:\n  - {nme: anna}\n");

        assertThatThrownBy(() -> telegram().checkWorld()).hasMessageContaining(world + ":2: people[0].nme: ");
        assertThat(state).doesNotExist();
    }

    @Test
    void theWorldThatAFolderWasBegunWithIsTheOnlyOne() throws IOException {
        Files.createDirectories(state);
        Files.copy(world, state.resolve("world.yaml"));
        Files.createFile(state.resolve("world.journal"));
        assertThatCode(() -> telegram().checkWorld()).doesNotThrowAnyException();

        Files.writeString(world, "people: []\n");

        assertThatThrownBy(() -> telegram().checkWorld())
                .hasMessageContaining("begun with another world file than " + world)
                .hasMessageContaining("`make down STATE=" + folder.resolve("up") + "`");
    }
}
