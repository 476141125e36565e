package dev.beckon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SafeguardTest {
    @Test
    void allAreOnUnlessATestTakesThemOut() {
        assertThat(Safeguard.values()).allMatch(Safeguard::isOn);
    }

    @Test
    void nothingThatIsShippedCanTakeOneOut() {
        assertThat(Files.exists(Path.of("src/main/resources/META-INF/services/dev.beckon.ledger.Safeguard$Removal")))
                .isFalse();
    }
}
