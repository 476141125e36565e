package dev.beckon.worker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.telegram.SessionOptions.Proxy;
import dev.beckon.worker.BadInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment is optional but never misread. */
class EnvironmentTest {
    @Test
    void anEmptyEnvironmentIsAWorkersInAPod() {
        Environment none = new Environment(Map.of());
        assertThat(none.root()).isEqualTo(Path.of("/"));
        assertThat(none.tdlibLibrary()).isEqualTo(Path.of("/opt/beckon/lib/libtdjson.so"));
        assertThat(none.telegramProxy()).isEmpty();
        assertThat(none.testDataCentre()).isFalse();
    }

    @Test
    void aHolderIsOnePodAndNotItsName() {
        assertThat(new Environment(Map.of("POD_NAME", "a", "POD_UID", "1")).holder())
                .isEqualTo("a/1");
        assertThat(new Environment(Map.of()).holder()).isNotEqualTo(new Environment(Map.of()).holder());
    }

    @Test
    void aProxyIsReadWithAndWithoutCredentials() {
        assertThat(new Environment(Map.of("BECKON_TELEGRAM_PROXY", "socks5://127.0.0.1:1080")).telegramProxy())
                .contains(new Proxy("127.0.0.1", 1080, Optional.empty(), Optional.empty()));
        assertThat(new Environment(Map.of("BECKON_TELEGRAM_PROXY", "socks5://u:p:q@proxy:1080")).telegramProxy())
                .contains(new Proxy("proxy", 1080, Optional.of("u"), Optional.of("p:q")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:1080", "http://u:secret@proxy:80", "socks5://proxy", "socks5://:80", "socks5:// x"})
    void whatIsNoProxyIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> new Environment(Map.of("BECKON_TELEGRAM_PROXY", text)).telegramProxy())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("socks5://host:port")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theTimeOfAStartIsBounded() {
        assertThat(new Environment(Map.of()).startWithin()).isEqualTo(Duration.ofMinutes(5));
        assertThat(new Environment(Map.of("BECKON_START_SECONDS", "7")).startWithin())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3601", "soon", "-1", "1.5"})
    void aTimeOfAStartThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> new Environment(Map.of("BECKON_START_SECONDS", text)).startWithin())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("BECKON_START_SECONDS");
    }

    @Test
    void aFlagThatIsNeitherTrueNorFalseIsRefused() {
        assertThatThrownBy(() -> new Environment(Map.of("BECKON_TELEGRAM_TEST_DC", "yes")).testDataCentre())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("BECKON_TELEGRAM_TEST_DC");
    }
}
