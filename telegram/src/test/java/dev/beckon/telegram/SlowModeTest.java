package dev.beckon.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.TelegramError.Wait;
import dev.beckon.telegram.TelegramError.Wait.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowModeTest {
    private static final Duration DELAY = Duration.ofMinutes(15);
    private static final Duration CALL = Duration.ofSeconds(2);

    private static Wait told(long seconds) {
        return new Wait("Too Many Requests: retry after " + seconds, Duration.ofSeconds(seconds), Scope.ACCOUNT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300 | 300   | CHAT
            300 | 298.4 | CHAT
            300 | 310   | CHAT
            896 | 896   | CHAT
            300 | 0     | ACCOUNT
            5   | 0     | ACCOUNT
            990 | 298.4 | ACCOUNT
            120 | 298.4 | ACCOUNT
            """)
    void aWaitThatEndsWithTheChatsSlowModeIsTheChats(long seconds, double left, Scope scope) {
        SlowMode slow = new SlowMode(DELAY, Duration.ofMillis((long) (left * 1000)));
        assertThat(slow.meaningOf(told(seconds), CALL))
                .isEqualTo(new Wait(told(seconds).raw(), told(seconds).time(), scope));
    }

    @Test
    void theTimeThatTheQuestionTookIsNoDifference() {
        SlowMode afterwards = new SlowMode(DELAY, Duration.ofSeconds(260));
        assertThat(afterwards.before(Duration.ofSeconds(40)).meaningOf(told(300), CALL))
                .isEqualTo(new Wait(told(300).raw(), told(300).time(), Scope.CHAT));
    }

    @Test
    void aSlowModeThatIsOverWasOverThen() {
        assertThat(SlowMode.NONE.before(Duration.ofSeconds(40))).isEqualTo(SlowMode.NONE);
    }

    @ParameterizedTest
    @CsvSource({"900, 900", "899, 899", "897, 897", "900, 0"})
    void aSlowModeThatBeganWithTheCallMayBeTheFirstSendingsOfTheSamePost(long seconds, long left) {
        SlowMode slow = new SlowMode(DELAY, Duration.ofSeconds(left));
        assertThat(slow.meaningOf(told(seconds), CALL)).isInstanceOf(TelegramError.Unanswered.class);
    }
}
