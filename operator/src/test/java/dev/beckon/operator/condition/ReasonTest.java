package dev.beckon.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsExplainedOnItsPage(Reason reason) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + reason + "`");
    }
}
