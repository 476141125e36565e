package dev.beckon.telegram;

import dev.beckon.telegram.TelegramError.Unanswered;
import dev.beckon.telegram.TelegramError.Wait;
import java.time.Duration;

/**
 * A chat's slow mode.
 *
 * @param delay between two posts of one member
 * @param left until the account may post again; zero when it may
 */
public record SlowMode(Duration delay, Duration left) {
    /** Of a chat that is not slow, or of which nobody can tell. */
    public static final SlowMode NONE = new SlowMode(Duration.ZERO, Duration.ZERO);

    /** Rounded seconds, two clocks, and the way of an answer lie between two tellings of one wait. */
    private static final Duration ONE_AND_THE_SAME = Duration.ofSeconds(10);

    /** Telegram tells a wait in whole seconds. */
    private static final Duration ROUNDED = Duration.ofSeconds(1);

    /**
     * What a wait means that a post in this chat was answered with. TDLib tells SLOWMODE_WAIT in the words of a flood wait, and an
     * account may have to wait for both: it is the chat's alone if it ends with the chat's slow mode. And after a lost connection
     * TDLib sends a post once more by itself: a slow mode that began with this very call may be the first sending's.
     *
     * @param told by the engine, as the account's
     * @param inCall how long the engine had had the post by then
     * @param sinceTold how long before this slow mode was told that was: while the question is on its way, it goes on
     * @return the wait, of the account or the chat; {@link Unanswered} where the post may be in the chat
     */
    public TelegramError meaningOf(Wait told, Duration inCall, Duration sinceTold) {
        // Reckoned from the delay alone: the engine knows nothing yet of a post whose answer it never heard.
        Duration sinceLastPost = delay.minus(told.time());
        if (delay.isPositive()
                && sinceLastPost.compareTo(ROUNDED.negated()) >= 0
                && sinceLastPost.compareTo(inCall.plus(ROUNDED)) <= 0) {
            return new Unanswered("the chat's slow mode began with this post, which may be there: " + told.raw());
        }
        return isOwn(told.time(), sinceTold, inCall) ? new Wait(told.raw(), told.time(), Wait.Scope.CHAT) : told;
    }

    /**
     * Whether this slow mode would have been told as that wait.
     *
     * @param onItsWay how long the telling may have taken: on a loaded machine an answer is some seconds old when it is heard
     */
    private boolean isOwn(Duration wait, Duration ago, Duration onItsWay) {
        if (left.isPositive()) {
            Duration more = wait.minus(left.plus(ago));
            return more.compareTo(ONE_AND_THE_SAME.negated()) >= 0
                    && more.compareTo(ONE_AND_THE_SAME.plus(onItsWay)) <= 0;
        }
        // It was over when it was asked for: was it still on when the wait was told?
        return delay.isPositive() && wait.compareTo(ago.plus(onItsWay)) <= 0;
    }
}
