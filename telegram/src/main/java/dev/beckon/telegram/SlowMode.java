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

    /** As it was that long ago, while the question after it was on its way. */
    public SlowMode before(Duration ago) {
        return left.isPositive() ? new SlowMode(delay, left.plus(ago)) : this;
    }

    /**
     * What a wait means that a post in this chat was answered with. TDLib tells SLOWMODE_WAIT in the words of a flood wait, and an
     * account may have to wait for both: it is the chat's alone if it ends with the chat's slow mode. And after a lost connection
     * TDLib sends a post once more by itself: a slow mode that began with this very call may be the first sending's.
     *
     * @param told by the engine, as the account's
     * @param sinceCall how long the engine had had the post by then
     * @return the wait, of the account or the chat; {@link Unanswered} where the post may be in the chat
     */
    public TelegramError meaningOf(Wait told, Duration sinceCall) {
        // Reckoned from the delay alone: the engine knows nothing yet of a post whose answer it never heard.
        Duration sinceLastPost = delay.minus(told.time());
        if (delay.isPositive()
                && sinceLastPost.compareTo(ROUNDED.negated()) >= 0
                && sinceLastPost.compareTo(sinceCall.plus(ROUNDED)) <= 0) {
            return new Unanswered("the chat's slow mode began with this post, which may be there: " + told.raw());
        }
        Duration apart = told.time().minus(left).abs();
        return left.isPositive() && apart.compareTo(ONE_AND_THE_SAME) <= 0
                ? new Wait(told.raw(), told.time(), Wait.Scope.CHAT)
                : told;
    }
}
