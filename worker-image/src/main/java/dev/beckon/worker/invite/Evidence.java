package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.invite.Settlement.Effect;
import dev.beckon.ledger.invite.Suppressions.Scope;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Decides how an act ended whose answer nobody wrote down, from what Telegram shows of it. Nothing is ever repeated to find
 * out: only what is proved not to have happened goes back to pending.
 */
final class Evidence {
    /** Our clock and Telegram's may differ by this much. */
    static final Duration CLOCK_SLACK = Duration.ofSeconds(30);

    /** What another run of a campaign has anew; the address of a public chat stays, and tells one chat from another. */
    private static final Pattern INVITE_LINK = Pattern.compile("(https?://)?t\\.me/(\\+|joinchat/)\\S+");

    private static final String LEFT = "LeftBefore";

    private Evidence() {}

    /**
     * An invitation.
     *
     * @param self the account's user id
     * @param person the person's user id; absent when they can't be found and were not known
     * @param log the chat's event log since the intent; absent when the account can't read it
     * @param membership absent when Telegram would not tell
     */
    static Settlement invite(
            Instant openedAt,
            Instant now,
            long self,
            OptionalLong person,
            Optional<EventLog> log,
            Optional<Membership> membership) {
        boolean isIn = membership.filter(Membership::isIn).isPresent();
        if (person.isPresent() && log.isPresent()) {
            Optional<Settlement> ours = invited(openedAt, self, person.getAsLong(), log.get());
            if (ours.isPresent()) {
                return ours.get();
            }
            if (!log.get().coversFrom().isAfter(openedAt.minus(CLOCK_SLACK))) {
                if (isIn) {
                    return Settlement.alreadyMember();
                }
                List<Event> events = since(log.get(), openedAt, person.getAsLong());
                Settlement reverted = Settlement.reverted("NotDone", now);
                // Joined by themselves and left since: they go back to pending, and the suppression keeps them there no
                // longer.
                return leftAfter(events, Instant.MIN) || optedOut(membership) ? reverted.with(suppress()) : reverted;
            }
        }
        // Nobody can tell who brought a member: it may have been us, and then they were contacted.
        return isIn ? Settlement.alreadyMember().contacted(true) : Settlement.unknown("OutcomeUnknown");
    }

    /**
     * Our own invitation, where the event log shows it.
     *
     * @param log the chat's event log since the intent
     */
    static Optional<Settlement> invited(Instant openedAt, long self, long person, EventLog log) {
        List<Event> events = since(log, openedAt, person);
        return events.stream()
                .filter(event -> event instanceof Event.Invited(long by, long _, Instant _) && by == self)
                .findFirst()
                .map(ours ->
                        leftAfter(events, ours.at()) ? Settlement.invited().with(suppress()) : Settlement.invited());
    }

    /**
     * A personal message.
     *
     * @param refused Telegram refused it, if it was not sent before by a sending whose answer was lost
     * @param history the private chat since the intent; absent when it can't be read
     */
    static Settlement message(
            Instant openedAt, Instant now, String text, boolean refused, Optional<List<ChatMessage>> history) {
        boolean sent = history.orElse(List.of()).stream()
                .anyMatch(message -> message.outgoing()
                        && !message.at().isBefore(openedAt.minus(CLOCK_SLACK))
                        && Words.same(text, message.text()));
        if (sent) {
            return Settlement.linkSent();
        }
        // Absence proves nothing, for both sides can delete a message; but that one was sent, refused at its second
        // sending and
        // deleted since would be three accidents.
        return refused && history.isPresent()
                ? Settlement.reverted("NotDone", now)
                : Settlement.unknown("OutcomeUnknown");
    }

    /**
     * Whether the account has written the same to a person by then, also with another invite link.
     *
     * @param until what was written later the ledger knows
     * @param history the private chat
     */
    static boolean saidBefore(String text, Instant until, List<ChatMessage> history) {
        String wanted = withoutInviteLink(text);
        return history.stream()
                .filter(ChatMessage::outgoing)
                .filter(message -> !message.at().isAfter(until.plus(CLOCK_SLACK)))
                .anyMatch(message -> withoutInviteLink(message.text()).equals(wanted));
    }

    private static String withoutInviteLink(String text) {
        return Words.of(INVITE_LINK.matcher(Words.cleaned(text)).replaceAll("t.me/+"));
    }

    private static List<Event> since(EventLog log, Instant openedAt, long person) {
        return log.events().stream()
                .filter(event -> event.userId() == person)
                .filter(event -> !event.at().isBefore(openedAt.minus(CLOCK_SLACK)))
                .toList();
    }

    private static boolean leftAfter(List<Event> events, Instant at) {
        return events.stream()
                .anyMatch(event -> (event instanceof Event.Left || event instanceof Event.Removed)
                        && !event.at().isBefore(at));
    }

    private static boolean optedOut(Optional<Membership> membership) {
        return membership
                .filter(state -> state == Membership.LEFT || state == Membership.BANNED)
                .isPresent();
    }

    private static Effect suppress() {
        return new Effect.Suppress(Scope.ThisChat, LEFT);
    }
}
