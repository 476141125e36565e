package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path state;

    @Test
    void theyAreMadeOnce() {
        assertThat(Settings.of(state)).isEqualTo(Settings.of(state));
    }

    @Test
    void aPortThatWasTakenOutIsChosenAnewAndTheRestStays() throws IOException {
        Settings before = Settings.of(state);
        Path file = Settings.in(state);
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.contains("databasePort"))
                        .toList());

        Settings after = Settings.of(state);

        assertThat(after.databasePort()).isPositive();
        assertThat(after.redisPort()).isEqualTo(before.redisPort());
        assertThat(after.adminPassword()).isEqualTo(before.adminPassword());
        assertThat(Settings.of(state)).isEqualTo(after);
    }

    @Test
    void aPortThatSomebodyElseUsesIsNamedWithTheWaysToMendIt() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            assertThatThrownBy(() -> Settings.checkPort(state, "redisPort", port))
                    .hasMessageStartingWith("Another program uses port " + port + ", the redisPort of this environment")
                    .hasMessageContaining("take \"redisPort\" out of " + Settings.in(state));
        }
        assertThatCode(() -> Settings.checkPort(state, "redisPort", port)).doesNotThrowAnyException();
    }
}
