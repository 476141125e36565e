package dev.beckon.simulator.mtproto;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report counts only with as many checks as there are. */
class TelethonReportTest {
    @Test
    void asManyAsThereArePass() {
        Telethon.requirePassed("ok one\nok two\n2 passed, 0 failed\n", 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 passed, 0 failed\n",
                "ok one\n1 passed, 0 failed\n",
                "ok one\nok two\nok three\n3 passed, 0 failed\n",
                "ok one\nFAILED two\n1 passed, 1 failed\n",
                "ok one\nok one\n2 passed, 0 failed\n",
                "ok one\nok two\n12 passed, 0 failed\n",
                "ok one\nok two\n"
            })
    void anyOtherReportIsRefused(String report) {
        assertThatThrownBy(() -> Telethon.requirePassed(report, 2)).isInstanceOf(AssertionError.class);
    }
}
