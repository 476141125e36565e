package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.ledger.invite.Intent;
import dev.beckon.ledger.invite.Intents;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.people.Identities;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.invite.ChatDoor.Entry;
import dev.beckon.worker.invite.People.Found;
import dev.beckon.worker.message.MessageTemplate;
import dev.beckon.worker.pacing.Schedule;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One claimed person: look up, ask the ledger, act, write down. The intent is written before each call, so a process may end
 * after any line here: what was not called is pending, what may have been called is found open.
 */
final class PersonStep {
    private final Run run;
    private final Entry.In chat;
    private final MessageTemplate message;
    private final People people;
    private final OpenIntents openIntents;
    private final LedgerRefusals refusals;
    private final Schedule hours;
    private final ForgottenMessages forgotten;

    /** The chat tells this account of no member: that somebody is one already is the ordinary answer then. */
    private boolean membersHidden;

    PersonStep(
            Run run, Entry.In chat, MessageTemplate message, People people, OpenIntents openIntents, Schedule hours) {
        this.run = run;
        this.chat = chat;
        this.message = message;
        this.people = people;
        this.openIntents = openIntents;
        this.hours = hours;
        this.refusals = new LedgerRefusals(run, chat.plan());
        this.forgotten = new ForgottenMessages(run);
    }

    /**
     * How a person's step ended.
     *
     * @param asked whether Telegram was asked anything, so that a pause is due
     * @param failed whether an attempt on the person failed, which the campaign's breaker counts
     */
    record Step(Then then, boolean asked, boolean failed) {
        private static Step untouched(Then then) {
            return new Step(then, false, false);
        }

        /** What was said of the person stands before what was said afterwards. */
        private Step andThen(Then later) {
            return new Step(then.orElse(later), asked, failed);
        }
    }

    /** What is to be done to a person of whom only the audience has told. */
    OpenRequest asKnown(Claim claim) {
        return request(claim, chat.plan().next(claim.due()), List.of());
    }

    /** @param next what the ledger says of {@link #asKnown}: who must not be contacted is not looked up either */
    Step take(Claim claim, Intents.Next next) {
        Action action = chat.plan().next(claim.due());
        if (next.forbids().isPresent()) {
            return Step.untouched(refusals.of(claim, action, next.forbids().get()));
        }
        return switch (people.find(claim.person().identities(), claim.person().firstName(), next.lookup())) {
            case Found.User(TelegramUser user, Optional<ImportedContact> contact) -> {
                KillPoint.AFTER_RESOLVE.here();
                Step step = act(claim, action, user);
                yield step.andThen(people.forget(contact, user.id()));
            }
            case Found.Another(long userId, Optional<ImportedContact> contact) -> {
                Step step = settled(claim, Verdict.goOn(Settlement.skipped("IdentityMismatch")));
                yield step.andThen(people.forget(contact, userId));
            }
            case Found.Refused(TelegramError error) -> {
                Verdict verdict = Verdicts.refused(error, attempt(claim, Optional.empty()));
                yield settled(claim, verdict);
            }
            case Found.BudgetSpent(Wait wait) -> {
                refusals.giveBack(claim);
                yield Step.untouched(new Then.Rest(wait));
            }
        };
    }

    private Step settled(Claim claim, Verdict verdict) {
        Settlement settlement = verdict.settlement().orElseThrow();
        run.persist(() -> run.ledger().claims().settle(run.lease(), claim, settlement));
        return new Step(verdict.then(), true, isFailure(settlement));
    }

    private static boolean isFailure(Settlement settlement) {
        return switch (settlement.status()) {
            case Failed -> true;
            case Accepted, Invited, LinkSent, AlreadyMember, Skipped, Deferred, Reverted, Unknown -> false;
        };
    }

    private Step act(Claim claim, Action first, TelegramUser user) {
        Optional<Verdict> unfit = unfit(user).map(Verdict::goOn).or(() -> standing(claim, user));
        if (unfit.isPresent()) {
            return settled(claim, unfit.get());
        }
        List<Identities> told = People.told(user);
        Optional<Action> due = Optional.of(first);
        Step step = Step.untouched(new Then.GoOn());
        while (due.isPresent() && step.then() instanceof Then.GoOn) {
            Action action = due.get();
            due = Optional.empty();
            OpenRequest request = request(claim, action, told);
            Answer<Boolean> said = forgotten.said(user, request);
            if (said instanceof Answer.Refused<Boolean>(TelegramError error)) {
                // There is no intent yet: nobody can have been contacted, and they are come back to.
                return settled(claim, Verdicts.unread(error, attempt(claim, Optional.empty())));
            }
            OpenResult opened = run.ledger().intents().open(run.lease(), claim, request);
            if (opened instanceof OpenResult.Opened(Intent intent)) {
                KillPoint.AFTER_INTENT.here();
                Verdict verdict =
                        said.equals(Answer.ok(true)) ? Verdicts.done(action, chat.plan()) : call(claim, intent, user);
                if (verdict.settlement().isPresent()) {
                    Settlement settlement = verdict.settlement().get();
                    run.persist(() -> run.ledger().intents().settle(run.lease(), intent, settlement));
                    KillPoint.AFTER_OUTCOME.here();
                    due = settlement.next() instanceof Settlement.Next.Then(Action next)
                            ? Optional.of(next)
                            : Optional.empty();
                } else {
                    leaveOpen(intent, verdict);
                }
                step = new Step(
                        verdict.then(),
                        true,
                        verdict.settlement().filter(PersonStep::isFailure).isPresent());
            } else {
                step = new Step(refusals.of(claim, action, opened), true, false);
            }
        }
        return step;
    }

    /** A refusal is written with all that follows from it; a lost answer may hide a flood wait. */
    private void leaveOpen(Intent intent, Verdict verdict) {
        if (verdict.refusal().isPresent()) {
            Settlement refusal = verdict.refusal().get();
            run.persist(() -> run.ledger().intents().refused(run.lease(), intent, refusal));
            KillPoint.AFTER_OUTCOME.here();
            openIntents.add(intent.asRefused());
        } else {
            openIntents.add(intent);
            if (verdict.then() instanceof Then.Rest(Wait wait)) {
                run.check(run.ledger().accounts().coolDown(run.lease(), wait.until()));
            }
        }
    }

    /** Whom nobody adds or writes to. */
    private Optional<Settlement> unfit(TelegramUser user) {
        if (user.bot()) {
            return Optional.of(Settlement.skipped("Bot"));
        }
        if (user.deleted()) {
            return Optional.of(Settlement.failed("Unreachable"));
        }
        return user.id() == run.telegram().self().id() ? Optional.of(Settlement.skipped("Self")) : Optional.empty();
    }

    /** Asks the chat before anything is done: a member needs nothing, who left is left alone for good. */
    private Optional<Verdict> standing(Claim claim, TelegramUser user) {
        if (!chat.chat().member()) {
            // From outside Telegram tells nothing, and only links are handed out.
            return Optional.empty();
        }
        return switch (Standing.of(run.telegram().membership(chat.chat().id(), user.id()))) {
            case Standing.Outside _ -> Optional.empty();
            case Standing.Hidden _ -> {
                membersHidden = true;
                yield Optional.empty();
            }
            // Whom a former run invited is a member, and the message is still owed.
            case Standing.Inside _ -> owesMessage(claim) ? Optional.empty() : skip(Settlement.alreadyMember());
            case Standing.OptedOut(String reason) -> {
                List<Identities> names = new ArrayList<>(People.told(user));
                names.add(claim.person().identities());
                run.ledger()
                        .suppressions()
                        .add(names, OptionalLong.of(chat.chat().id()), reason);
                yield skip(Settlement.skipped("LeftBefore"));
            }
            case Standing.Refused(TelegramError error) ->
                Optional.of(Verdicts.refused(error, attempt(claim, Optional.empty())));
        };
    }

    private boolean owesMessage(Claim claim) {
        return run.order().mode() == Mode.InviteAndMessage
                && claim.due().filter(Action.Message::equals).isPresent();
    }

    private static Optional<Verdict> skip(Settlement settlement) {
        return Optional.of(Verdict.goOn(settlement));
    }

    private Verdict call(Claim claim, Intent intent, TelegramUser user) {
        KillPoint.IN_CALL.here();
        Answer<?> answer = switch (intent.action()) {
            case Invite -> run.telegram().addMember(intent.chatId(), user.id());
            case Message ->
                run.telegram().sendMessage(user.id(), intent.messageText().orElseThrow());
        };
        KillPoint.AFTER_CALL.here();
        return switch (answer) {
            case Answer.Ok<?> _ -> Verdicts.done(intent.action(), chat.plan());
            case Answer.Refused<?>(TelegramError error)
            when Verdicts.mayBeOfARepetition(error, intent.action()) ->
                openIntents.doneBefore(intent, user.id(), chat.plan()).orElseGet(() -> notShown(claim, intent, error));
            case Answer.Refused<?>(TelegramError error)
            when Verdicts.mayFollowTheMessage(error, intent.action()) ->
                refused(claim, intent, error).inDoubt();
            case Answer.Refused<?>(TelegramError error) -> refused(claim, intent, error);
        };
    }

    private Verdict notShown(Claim claim, Intent intent, TelegramError error) {
        Verdict refused = refused(claim, intent, error);
        // A member whom the chat did not know just before, and no log tells who brought them: it may have been us.
        return error instanceof TelegramError.AlreadyMember
                        && !membersHidden
                        && !chat.chat().mayReadEventLog()
                ? refused.mayBeContact()
                : refused;
    }

    private Verdict refused(Claim claim, Intent intent, TelegramError error) {
        return Verdicts.refused(error, attempt(claim, Optional.of(intent.action())));
    }

    private Verdicts.Attempt attempt(Claim claim, Optional<Action> action) {
        return new Verdicts.Attempt(
                action, chat.plan(), claim.attempts(), run.order().retry(), run.now());
    }

    private OpenRequest request(Claim claim, Action action, List<Identities> told) {
        Optional<String> text = switch (action) {
            case Invite -> Optional.empty();
            case Message ->
                Optional.of(message.render(
                        claim.person().firstName(),
                        chat.chat().title(),
                        chat.link().orElse("")));
        };
        int accountLimit = switch (action) {
            case Invite -> run.limits().invitesPerDay();
            case Message -> run.limits().messagesPerDay();
        };
        return new OpenRequest(
                chat.chat().id(),
                action,
                told,
                text,
                accountLimit,
                run.order().pacing().perChatPerDay(),
                hours.opening(run.now()));
    }
}
