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
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    private static Wait told(long seconds) {
        return new Wait("Too Many Requests: retry after " + seconds, Duration.ofSeconds(seconds), Scope.ACCOUNT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300 | 300   | CHAT
            300 | 298.4 | CHAT
            300 | 309   | CHAT
            896 | 896   | CHAT
            300 | 0     | ACCOUNT
            5   | 0     | ACCOUNT
            990 | 298.4 | ACCOUNT
            120 | 298.4 | ACCOUNT
            """)
    void aWaitThatEndsWithTheChatsSlowModeIsTheChats(long seconds, double left, Scope scope) {
        SlowMode slow = new SlowMode(DELAY, Duration.ofMillis((long) (left * 1000)));
        assertThat(slow.meaningOf(told(seconds), CALL, AT_ONCE))
                .isEqualTo(new Wait(told(seconds).raw(), told(seconds).time(), scope));
    }

    @ParameterizedTest
    @CsvSource({"300, 260, 40", "300, 271, 20", "30, 0, 40", "5, 0, 5"})
    void whileTheQuestionIsOnItsWayTheSlowModeGoesOn(long seconds, long left, long ago) {
        SlowMode afterwards = new SlowMode(DELAY, Duration.ofSeconds(left));
        assertThat(afterwards.meaningOf(told(seconds), CALL, Duration.ofSeconds(ago)))
                .isEqualTo(new Wait(told(seconds).raw(), told(seconds).time(), Scope.CHAT));
    }

    /** Of an answer that was some seconds old when it was heard; the last column is what it means after a short call. */
    @ParameterizedTest
    @CsvSource({"300, 270, ACCOUNT", "300, 291, CHAT", "20, 0, ACCOUNT"})
    void anAnswerMayHaveBeenOnItsWayAsLongAsTheCallTook(long seconds, long left, Scope afterAShortCall) {
        SlowMode afterwards = new SlowMode(DELAY, Duration.ofSeconds(left));
        assertThat(afterwards.meaningOf(told(seconds), Duration.ofSeconds(25), AT_ONCE))
                .isEqualTo(new Wait(told(seconds).raw(), told(seconds).time(), Scope.CHAT));
        assertThat(afterwards.meaningOf(told(seconds), CALL, AT_ONCE))
                .isEqualTo(new Wait(told(seconds).raw(), told(seconds).time(), afterAShortCall));
    }

    @ParameterizedTest
    @CsvSource({"300, 260, 0", "300, 300, 40", "50, 0, 40"})
    void aWaitThatEndsAtAnotherTimeIsTheAccounts(long seconds, long left, long ago) {
        SlowMode afterwards = new SlowMode(DELAY, Duration.ofSeconds(left));
        assertThat(afterwards.meaningOf(told(seconds), CALL, Duration.ofSeconds(ago)))
                .isEqualTo(told(seconds));
    }

    @Test
    void whereNoChatIsSlowAWaitIsTheAccounts() {
        assertThat(SlowMode.NONE.meaningOf(told(3), CALL, Duration.ofSeconds(40)))
                .isEqualTo(told(3));
    }

    @ParameterizedTest
    @CsvSource({"900, 900", "899, 899", "897, 897", "900, 0"})
    void aSlowModeThatBeganWithTheCallMayBeTheFirstSendingsOfTheSamePost(long seconds, long left) {
        SlowMode slow = new SlowMode(DELAY, Duration.ofSeconds(left));
        assertThat(slow.meaningOf(told(seconds), CALL, AT_ONCE)).isInstanceOf(TelegramError.Unanswered.class);
    }
}
