package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.invite.Settlement.Effect;
import dev.beckon.ledger.invite.Suppressions.Scope;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.Reason;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.InviteOrder.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The table of Telegram's refusals: what each means for the person, the account and the campaign. The switch is exhaustive,
 * so a refusal that is new to the port does not compile before it has its row here.
 */
final class Verdicts {
    /** A back-off doubles with each attempt, up to a day. */
    private static final Duration LONGEST_BACKOFF = Duration.ofDays(1);

    private Verdicts() {}

    /**
     * What was asked of Telegram.
     *
     * @param action the act on the person; empty for the look-up before it
     * @param attempts how often this person was tried and put off before
     */
    record Attempt(Optional<Action> action, ModePlan plan, int attempts, Retry retry, Instant now) {
        boolean isAct() {
            return action.isPresent();
        }

        boolean isInvite() {
            return action.filter(Action.Invite::equals).isPresent();
        }

        /** Tries again later, or gives the person up after the last attempt; nothing happened to them. */
        Settlement again(String reason, Duration least) {
            if (attempts + 1 >= retry.maxAttempts()) {
                return Settlement.failed(reason);
            }
            Duration backoff = backoff();
            return Settlement.retry(reason, now.plus(backoff.compareTo(least) < 0 ? least : backoff));
        }

        private Duration backoff() {
            Duration backoff = retry.backoff();
            for (int i = 0; i < attempts && backoff.compareTo(LONGEST_BACKOFF) < 0; i++) {
                backoff = backoff.multipliedBy(2);
            }
            return backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF;
        }
    }

    /** Telegram did it. */
    static Verdict done(Action action, ModePlan plan) {
        return Verdict.goOn(
                switch (action) {
                    case Invite ->
                        plan.messageAfterInvite() ? Settlement.invited().then(Action.Message) : Settlement.invited();
                    case Message -> Settlement.linkSent();
                });
    }

    /** Telegram refused, or nothing was heard. */
    static Verdict refused(TelegramError error, Attempt attempt) {
        return switch (error) {
            // The person may have been contacted before the server failed: settled by asking. It may as well be a flood
            // wait, which binds the account.
            case TelegramError.Wait wait
            when attempt.isAct() && wait.mayHideServerErrors() ->
                Verdict.open(new Then.Rest(new Wait(attempt.now().plus(wait.time()), WaitingFor.FloodWait)));
            case TelegramError.Wait(String raw, Duration time, TelegramError.Wait.Scope scope) ->
                wait(raw, attempt.now().plus(time), scope, attempt);
            case TelegramError.Limited(String raw) -> limited(Reason.of(raw, "PeerFlood"), raw, attempt);
            case TelegramError.PrivacyRestricted(String raw) ->
                Verdict.goOn(privacy(attempt).withRaw(raw));
            case TelegramError.LeftBefore(String raw) -> Verdict.goOn(optedOut("LeftBefore", raw, attempt));
            case TelegramError.PersonRefused(String raw) -> Verdict.goOn(optedOut("Refused", raw, attempt));
            case TelegramError.Unreachable(String raw) ->
                Verdict.goOn(Settlement.failed("Unreachable").withRaw(raw));
            case TelegramError.NotFound(String raw) ->
                Verdict.goOn(Settlement.failed("NotFound").withRaw(raw));
            case TelegramError.Later(String raw, Duration time) ->
                Verdict.goOn(attempt.again("Later", time).withRaw(raw));
            case TelegramError.AlreadyMember(String raw) ->
                Verdict.goOn(Settlement.alreadyMember().withRaw(raw));
            case TelegramError.CampaignFault(String raw) -> campaignFault(raw, attempt);
            case TelegramError.LoginRefused(String raw) -> sessionEnded(error, raw, attempt);
            case TelegramError.SessionLost(String raw) -> sessionEnded(error, raw, attempt);
            case TelegramError.Banned(String raw) -> sessionEnded(error, raw, attempt);
            case TelegramError.Unanswered(String raw) -> unanswered(raw, attempt);
            // Of a look-up or a text without formatting nobody says so.
            case TelegramError.FormattingRefused(String raw) ->
                Verdict.goOn(attempt.again("Unknown", Duration.ZERO).withRaw(raw));
            case TelegramError.Unknown(String raw) ->
                Verdict.goOn(attempt.again("Unknown", Duration.ZERO).withRaw(raw));
        };
    }

    /** The messages with a person could not be read: whatever that chat lacks is between account and person. */
    static Verdict unread(TelegramError error, Attempt attempt) {
        return error instanceof TelegramError.CampaignFault(String raw)
                ? Verdict.goOn(attempt.again("MessageRefused", Duration.ZERO).withRaw(raw))
                : refused(error, attempt);
    }

    /** Whether TDLib may hear this of an invitation that it sent twice by itself, and that was done the first time. */
    static boolean mayBeOfARepetition(TelegramError error, Action action) {
        return action == Action.Invite
                && (error instanceof TelegramError.AlreadyMember || error instanceof TelegramError.LeftBefore);
    }

    /**
     * Whether Telegram may say this of a message that TDLib sent once more by itself, and that it had taken the first time: of an account that
     * must wait, or that it limited. What is between the account and the person would have kept the first one away, too. An invitation needs no
     * such doubt: before the next one the chat is asked whether the person is a member.
     */
    static boolean mayFollowTheMessage(TelegramError error, Action action) {
        return action == Action.Message
                && (error instanceof TelegramError.Wait || error instanceof TelegramError.Limited);
    }

    private static Verdict limited(String reason, String raw, Attempt attempt) {
        return Verdict.of(
                Settlement.putBack(reason, attempt.now()).withRaw(raw).with(new Effect.LimitAccount(reason, raw)),
                new Then.Pause(reason, "Telegram limited the account (" + raw + ")."));
    }

    private static Verdict wait(String raw, Instant until, TelegramError.Wait.Scope scope, Attempt attempt) {
        // A look-up has no chat that could be slow: such a wait can only be the account's.
        boolean chat = scope == TelegramError.Wait.Scope.CHAT && attempt.isAct();
        WaitingFor why = chat ? WaitingFor.SlowMode : WaitingFor.FloodWait;
        Effect effect = chat ? new Effect.ChatWait(until) : new Effect.CoolDown(until);
        return Verdict.of(
                Settlement.putBack(why.name(), until).withRaw(raw).with(effect), new Then.Rest(new Wait(until, why)));
    }

    /** A privacy refusal earns one link message at most, and only where the mode says so. */
    private static Settlement privacy(Attempt attempt) {
        Settlement skipped = Settlement.skipped("PrivacyRestricted");
        return attempt.isInvite() && attempt.plan().messageAfterPrivacy() ? skipped.then(Action.Message) : skipped;
    }

    private static Settlement optedOut(String reason, String raw, Attempt attempt) {
        Settlement skipped = Settlement.skipped(reason).withRaw(raw);
        return attempt.isAct() ? skipped.with(new Effect.Suppress(Scope.ThisChat, reason)) : skipped;
    }

    private static Verdict campaignFault(String raw, Attempt attempt) {
        if (attempt.action().filter(Action.Message::equals).isPresent()) {
            // A personal message goes to no chat of the campaign: whatever it lacks is between account and person.
            return Verdict.goOn(attempt.again("MessageRefused", Duration.ZERO).withRaw(raw));
        }
        String reason = Reason.of(raw, "CampaignFault");
        return Verdict.of(
                Settlement.putBack(reason, attempt.now()).withRaw(raw),
                new Then.Stall(reason, "Telegram refuses to work in this chat (" + raw + ")."));
    }

    /**
     * An act may have been done although its answer says that the session is gone. TDLib answers every call that is under way
     * when it logs out with a 401 of its own ({@code Td::clear_requests}), and after a lost connection it sends a call again,
     * so that Telegram's own 401 may be the answer to the repetition. What was only asked is put back.
     */
    private static Verdict sessionEnded(TelegramError error, String raw, Attempt attempt) {
        if (attempt.isAct()) {
            return Verdict.open(new Then.SessionEnded(error));
        }
        return Verdict.of(Settlement.putBack("SessionLost", attempt.now()).withRaw(raw), new Then.SessionEnded(error));
    }

    private static Verdict unanswered(String raw, Attempt attempt) {
        return attempt.isAct()
                ? Verdict.open(new Then.SettleLater())
                : Verdict.of(
                        Settlement.putBack("NoAnswer", attempt.now()).withRaw(raw),
                        new Then.TelegramAway("Telegram did not answer (" + raw + ")."));
    }
}
