package dev.beckon.operator.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedTest {
    private final List<String> stopped = new ArrayList<>();
    private final Started started = new Started();

    @Test
    void theLastOneIsStoppedFirstAndEachOnce() {
        started.add(() -> stopped.add("database"));
        started.add(() -> stopped.add("operator"));

        started.stopAll();
        started.stopAll();

        assertThat(stopped).containsExactly("operator", "database");
    }

    @Test
    void oneThatCanNotBeStoppedKeepsNoOtherAlive() {
        IOException no = new IOException("No.");
        started.add(() -> stopped.add("database"));
        started.add(() -> {
            throw no;
        });
        started.add(() -> stopped.add("operator"));

        assertThatThrownBy(started::stopAll)
                .isInstanceOf(IllegalStateException.class)
                .hasSuppressedException(no);
        assertThat(stopped).containsExactly("operator", "database");
    }
}
