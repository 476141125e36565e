package dev.beckon.worker.publish;

import dev.beckon.ledger.content.Opening;
import dev.beckon.ledger.content.Publication;
import dev.beckon.ledger.content.Publications.Wish;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.Post;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.publish.TargetDoor.Found;
import dev.beckon.worker.publish.TargetDoor.Target;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.AccountRef;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a run's post into one target: chat, intent, call, outcome. */
final class PublishStep {
    private static final Logger LOG = LoggerFactory.getLogger(PublishStep.class);

    private final OpenAccount account;
    private final PublishRun run;
    private final Post post;
    private final AccountRef.Limits limits;
    private final OpenPublications open;
    private final TargetDoor door;
    private final boolean bot;

    PublishStep(OpenAccount account, PublishRun run, Post post, AccountRef.Limits limits, OpenPublications open) {
        this.account = account;
        this.run = run;
        this.post = post;
        this.limits = limits;
        this.open = open;
        this.door = new TargetDoor(account, run, limits.lookupsPerDay());
        this.bot = account.telegram().self().bot();
    }

    /** What came of a try. */
    sealed interface Tried {
        /** The target has its outcome or an intent that is settled later, or it is about the account. */
        record Went(Then then) implements Tried {}

        /** This target waits; the others need not. */
        record Later(Wait until) implements Tried {}
    }

    Tried publish(Target target) {
        return switch (door.find(target)) {
            case Found.Chat(TelegramChat chat) -> publish(target, chat);
            case Found.Later(Wait until) -> new Tried.Later(until);
            case Found.Not(Then then) -> new Tried.Went(then);
            case Found.Closed(PublishOutcome.Failed why) -> {
                LOG.warn("The post can't be published in one of the targets: {}", why.raw());
                account.check(account.ledger().publications().failUnsent(account.lease(), run, target.written(), why));
                yield done();
            }
        };
    }

    private Tried publish(Target target, TelegramChat chat) {
        // Among other people's members a post is a message like any other; in the team's own chat it is what the chat
        // is for.
        OptionalInt counted = chat.mayReadEventLog() ? OptionalInt.empty() : OptionalInt.of(limits.messagesPerDay());
        Wish wish = new Wish(run, target.written(), chat.id(), counted);
        return switch (account.ledger().publications().open(account.lease(), wish)) {
            case Opening.Opened(Publication intent) -> {
                KillPoint.AFTER_INTENT.here();
                yield send(intent);
            }
            case Opening.Done _, Opening.SameChat _, Opening.InFlight _ -> done();
            case Opening.NotBefore(var until, var why) ->
                why == Opening.NotBefore.Why.FloodWait
                        ? new Tried.Went(new Then.Rest(new Wait(until, WaitingFor.FloodWait)))
                        : new Tried.Later(new Wait(until, waitingFor(why)));
            case Opening.AccountNotReady(var state) -> new Tried.Went(new Then.AccountNotReady(state));
            case Opening.LeaseLost _ -> throw account.leaseLost();
        };
    }

    private static WaitingFor waitingFor(Opening.NotBefore.Why why) {
        return switch (why) {
            case FloodWait -> WaitingFor.FloodWait;
            case SlowMode -> WaitingFor.SlowMode;
            case AccountLimit -> WaitingFor.DailyLimit;
        };
    }

    private static Tried done() {
        return new Tried.Went(new Then.GoOn());
    }

    private Tried send(Publication intent) {
        Post sent = intent.plain() ? post.plain() : post;
        KillPoint.IN_CALL.here();
        Answer<ChatPost> answer = account.telegram().publish(intent.chatId(), sent);
        KillPoint.AFTER_CALL.here();
        return switch (answer) {
            case Answer.Ok<ChatPost>(ChatPost published) -> {
                settle(intent, PostEvidence.published(published));
                LOG.info("The post is published");
                yield done();
            }
            case Answer.Refused<ChatPost>(TelegramError error) -> refused(intent, sent, error);
        };
    }

    private Tried refused(Publication intent, Post sent, TelegramError error) {
        boolean formatted = !sent.text().spans().isEmpty();
        return switch (PublishVerdict.of(error, formatted, bot, account.now())) {
            case PublishVerdict.FallBack _ -> {
                LOG.warn("Telegram refuses the post's formatting, it is sent without any: {}", error.raw());
                Publication plain = account.ledger()
                        .publications()
                        .fallBack(account.lease(), intent)
                        .orElseThrow(account::leaseLost);
                KillPoint.AFTER_FALL_BACK.here();
                yield send(plain);
            }
            case PublishVerdict.Open(boolean refused) -> {
                if (refused) {
                    LOG.info("Telegram does not take the post now, for the account's sake: {}", error.raw());
                    account.persist(
                            () -> account.ledger().publications().refused(account.lease(), intent, error.raw()));
                    KillPoint.AFTER_OUTCOME.here();
                }
                open.leave(intent);
                yield new Tried.Went(unlessOfThePost(error));
            }
            case PublishVerdict.Settled(PublishOutcome.NotSent notSent) -> {
                LOG.info("Telegram does not take the post now, for the chat is slow: {}", error.raw());
                settle(intent, notSent);
                yield new Tried.Later(new Wait(notSent.notBefore(), WaitingFor.SlowMode));
            }
            case PublishVerdict.Settled(PublishOutcome outcome) -> {
                LOG.warn("Telegram refuses the post in one of the targets: {}", error.raw());
                settle(intent, outcome);
                yield done();
            }
        };
    }

    /** What the refusal means for the account. A lost answer says nothing of it. */
    private Then unlessOfThePost(TelegramError error) {
        return error instanceof TelegramError.Unanswered
                ? new Then.SettleLater()
                : AccountTrouble.of(account, error).orElseGet(Then.GoOn::new);
    }

    private void settle(Publication intent, PublishOutcome outcome) {
        account.persist(() -> account.ledger().publications().settle(account.lease(), intent, outcome));
        KillPoint.AFTER_OUTCOME.here();
    }
}
