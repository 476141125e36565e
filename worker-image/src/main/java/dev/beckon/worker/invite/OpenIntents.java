package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.HandedOver;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.ledger.invite.Intent;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.invite.People.Found;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls whose answer nobody wrote down, of dead processes or of this one. Each is settled by asking Telegram what happened,
 * once nothing of it can still be on its way; the call is never made again to find out.
 */
final class OpenIntents {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIntents.class);

    /** How long bytes that a dead process sent may take to reach Telegram. */
    static final Duration BYTES_MAY_ARRIVE = Duration.ofMinutes(2);

    /** After the event log's 48 hours nothing new will be learned of a chat or a person that can't be found. */
    private static final Duration NOTHING_NEW_AFTER = Duration.ofDays(2);

    /** When it is looked again whether somebody still has the account that called a person who was handed over. */
    private static final Duration HELD_AGAIN = Duration.ofMinutes(5);

    /** @param inherited it was there when the session was opened */
    private record Due(Intent intent, Instant at, boolean inherited) {
        Due until(Instant later) {
            return new Due(intent, later, inherited);
        }
    }

    private final Run run;
    private final Optional<TelegramChat> chat;
    private final People people;
    private final PriorityQueue<Due> open = new PriorityQueue<>(Comparator.comparing(Due::at));
    private Optional<Wait> left = Optional.empty();

    /** @param chat the campaign's; empty when the account may not work in it, and what is in flight must be settled all the same */
    OpenIntents(Run run, Optional<TelegramChat> chat, People people) {
        this.run = run;
        this.chat = chat;
        this.people = people;
    }

    /** Takes over what an earlier holder of the account left, of whatever campaign. */
    void load() {
        run.ledger().intents().openOf(run.lease()).forEach(intent -> add(intent, true));
        if (!open.isEmpty()) {
            LOG.info("An earlier process left {} to be settled", Count.of(open.size(), "act"));
        }
        endHandedOver();
    }

    /** Whom another account called before they were handed to this one. */
    private void endHandedOver() {
        HandedOver.Ended ended = run.ledger().handedOver().end(run.lease()).orElseThrow(run::leaseLost);
        if (ended.unknown() > 0) {
            LOG.info("{} handed over in flight: what became of them nobody can tell", Count.people(ended.unknown()));
        }
        if (ended.taken() > 0) {
            // Not by this run, whose session may have been open when the call was made, see message().
            left = Optional.of(new Wait(run.now(), WaitingFor.Settlement));
        } else if (ended.held() > 0) {
            left = Optional.of(new Wait(run.now().plus(HELD_AGAIN), WaitingFor.Settlement));
        }
    }

    /** One of this process. */
    void add(Intent intent) {
        add(intent, false);
    }

    private void add(Intent intent, boolean inherited) {
        open.add(new Due(intent, intent.openedAt().plus(BYTES_MAY_ARRIVE), inherited));
    }

    /** When the campaign's next worker can settle what this one left to it; empty when it left nothing. */
    Optional<Wait> left() {
        return left;
    }

    /** When the next one can be settled; empty when none is left. */
    Optional<Wait> next() {
        return Optional.ofNullable(open.peek()).map(due -> new Wait(due.at(), WaitingFor.Settlement));
    }

    /** Settles what is due, until there is nothing more or Telegram says something about the account. */
    Then settleDue() {
        while (!open.isEmpty() && !open.peek().at().isAfter(run.now())) {
            Due due = open.poll();
            KillPoint.BEFORE_SETTLEMENT.here();
            Then then = settle(due);
            if (!(then instanceof Then.GoOn)) {
                return then;
            }
            KillPoint.AFTER_SETTLEMENT.here();
        }
        return new Then.GoOn();
    }

    private Then settle(Due due) {
        Intent intent = due.intent();
        // The event log knows people by their id also when they can't be found any more.
        OptionalLong known = intent.names().userId().map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return switch (people.findAgain(intent.names())) {
            case Found.User(TelegramUser user, Optional<ImportedContact> contact) -> {
                Then then = settle(due, OptionalLong.of(user.id()), true);
                yield then.orElse(people.forget(contact, user.id()));
            }
            // Nothing was done to whomever the names lead to by now, and what was done to the person is not asked of
            // them.
            case Found.Another(long userId, Optional<ImportedContact> contact) ->
                settle(due, known, false).orElse(people.forget(contact, userId));
            case Found.BudgetSpent(Wait wait) -> {
                open.add(due.until(wait.until()));
                yield new Then.GoOn();
            }
            case Found.Refused(TelegramError.Later(String _, Duration time))
            when mayStillBeTold(intent) -> {
                open.add(due.until(run.now().plus(time)));
                yield new Then.GoOn();
            }
            case Found.Refused(TelegramError error) ->
                AccountTrouble.of(run.open(), error)
                        .map(trouble -> again(due, trouble))
                        .orElseGet(() -> settle(due, known, false));
        };
    }

    /** The intent stays open until what Telegram says of the account is over. */
    private Then again(Due due, Then trouble) {
        open.add(due.until(trouble instanceof Then.Rest(Wait wait) ? wait.until() : run.now()));
        return trouble;
    }

    private boolean mayStillBeTold(Intent intent) {
        return run.now().isBefore(intent.openedAt().plus(NOTHING_NEW_AFTER));
    }

    /** Past its deadline a campaign has no later run: what nobody can tell now stays unknown. */
    private boolean isLastRunOf(Intent intent) {
        return intent.campaignUid().equals(run.campaign())
                && run.order().deadline().filter(run.now()::isAfter).isPresent();
    }

    private Then settle(Due due, OptionalLong person, boolean found) {
        Intent intent = due.intent();
        try {
            Optional<Settlement> settlement = intent.action() == Action.Message
                    ? message(intent, due.inherited(), person, found)
                    : invite(intent, person);
            if (settlement.isPresent()) {
                Settlement result = settlement.get();
                run.persist(() -> run.ledger().intents().settle(run.lease(), intent, result));
                LOG.info("An open {} is settled: {}", intent.action(), result.status());
            }
            return new Then.GoOn();
        } catch (Trouble e) {
            return again(due, e.then);
        }
    }

    /**
     * Empty when it can't be told yet: a history proves that a refused message is absent only in a session that was opened after it, for TDLib
     * may miss what came to a chat that it knew already.
     */
    private Optional<Settlement> message(Intent intent, boolean inherited, OptionalLong person, boolean found) {
        Optional<List<ChatMessage>> history = found
                ? ask(run.telegram()
                        .messagesWith(person.orElseThrow(), intent.openedAt().minus(Evidence.CLOCK_SLACK)))
                : Optional.empty();
        Settlement settlement = Evidence.message(
                intent.openedAt(), run.now(), intent.messageText().orElse(""), intent.refused() && inherited, history);
        if (settlement.status() == OutcomeStatus.Unknown && intent.refused() && !inherited && !isLastRunOf(intent)) {
            LOG.info("A refused message is left to the next run, whose session shows whether it was sent");
            left = Optional.of(new Wait(run.now(), WaitingFor.Settlement));
            return Optional.empty();
        }
        return Optional.of(settlement);
    }

    /** Empty when it can't be told yet. */
    private Optional<Settlement> invite(Intent intent, OptionalLong person) {
        Optional<TelegramChat> where = chat.filter(known -> known.id() == intent.chatId())
                .or(() -> ask(run.telegram().findChat(new ChatTarget.Id(intent.chatId()))));
        if (where.isEmpty() && mayStillBeTold(intent) && !isLastRunOf(intent)) {
            LOG.info("An open act waits for a run that may see its chat");
            return Optional.empty();
        }
        Optional<EventLog> log = where.flatMap(known -> log(known, intent));
        Optional<Membership> membership = person.isPresent() && where.isPresent()
                ? ask(run.telegram().membership(where.get().id(), person.getAsLong()))
                : Optional.empty();
        return Optional.of(Evidence.invite(
                intent.openedAt(), run.now(), run.telegram().self().id(), person, log, membership));
    }

    /**
     * An invitation of ours that the event log shows although the answer was a refusal: after a lost connection TDLib sends a
     * call once more by itself, and what is heard then may be of the first one's effect.
     *
     * @param plan what follows an invitation
     * @return empty where the log can't be read or doesn't show it; without a settlement where Telegram would not tell now
     */
    Optional<Verdict> doneBefore(Intent intent, long person, ModePlan plan) {
        try {
            return chat.flatMap(known -> log(known, intent))
                    .flatMap(log -> Evidence.invited(
                            intent.openedAt(), run.telegram().self().id(), person, log))
                    .map(invited ->
                            plan.messageAfterInvite() && invited.effects().isEmpty()
                                    ? invited.then(Action.Message)
                                    : invited)
                    .map(Verdict::goOn);
        } catch (Trouble e) {
            return Optional.of(Verdict.open(e.then));
        }
    }

    /** The chat's event log since the intent, where the account may read it. */
    private Optional<EventLog> log(TelegramChat chat, Intent intent) {
        return chat.mayReadEventLog()
                ? ask(run.telegram().eventLog(chat.id(), intent.openedAt().minus(Evidence.CLOCK_SLACK)))
                : Optional.empty();
    }

    /** What Telegram tells; nothing when it won't, and {@link Trouble} when it is about the account. */
    private <T> Optional<T> ask(Answer<T> answer) {
        return switch (answer) {
            case Answer.Ok<T>(T value) -> Optional.of(value);
            case Answer.Refused<T>(TelegramError error) -> {
                Optional<Then> then = AccountTrouble.of(run.open(), error);
                if (then.isPresent()) {
                    throw new Trouble(then.get());
                }
                yield Optional.empty();
            }
        };
    }

    /** Leaves a settlement half asked; nothing was written. */
    private static final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Then then;

        Trouble(Then then) {
            super(null, null, false, false);
            this.then = then;
        }
    }
}
