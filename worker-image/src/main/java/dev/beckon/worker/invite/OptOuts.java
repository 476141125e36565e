package dev.beckon.worker.invite;

import dev.beckon.ledger.people.Identities;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.Then;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaving and being removed is an opt-out that only the chat's event log shows, to administrators. It is read before anybody
 * is contacted and again while the run lasts, each time only what is newer; while it can't be read, nobody is contacted.
 */
final class OptOuts {
    private static final Logger LOG = LoggerFactory.getLogger(OptOuts.class);

    /** Telegram keeps a chat's event log for 48 hours. */
    private static final Duration KEPT = Duration.ofDays(2);

    /** How long a reading is good for: one request in this time, whoever else is asked about. */
    static final Duration GOOD_FOR = Duration.ofMinutes(5);

    /** Between two parts of a long log: whoever wishes the run to end is heard. */
    private static final Duration BETWEEN_PARTS = Duration.ofSeconds(1);

    /**
     * How far the log is known, by Telegram's clock: ours may be minutes off.
     *
     * @param readTo the time of the newest event
     * @param newest the events of that time: Telegram's times are whole seconds, so they are told again by the next reading
     */
    private record Mark(Instant readTo, Set<Event> newest) {
        List<Event> fresh(List<Event> events) {
            return events.stream().filter(event -> !newest.contains(event)).toList();
        }

        Mark after(List<Event> fresh) {
            if (fresh.isEmpty()) {
                return this;
            }
            Instant last = fresh.getLast().at();
            Set<Event> ofLast = new HashSet<>(last.equals(readTo) ? newest : Set.of());
            fresh.stream().filter(event -> event.at().equals(last)).forEach(ofLast::add);
            return new Mark(last, ofLast);
        }
    }

    /**
     * A reading of which the older part is missing yet.
     *
     * @param rest where that begins
     * @param whole what is known once it is read, too
     * @param begun when the newest part was read
     */
    private record Unfinished(long rest, Mark whole, Instant begun) {}

    private final Run run;
    private final TelegramChat chat;
    private boolean readable;
    private Mark known;
    private Optional<Unfinished> unfinished = Optional.empty();
    private Instant goodUntil = Instant.MIN;

    OptOuts(Run run, TelegramChat chat) {
        this.run = run;
        this.chat = chat;
        this.readable = chat.mayReadEventLog();
        this.known = new Mark(run.now().minus(KEPT), Set.of());
    }

    /** Those of the same chat, with the same right to read its log: what was read of a long one need not be read again. */
    boolean areOf(TelegramChat other) {
        return chat.id() == other.id() && chat.mayReadEventLog() == other.mayReadEventLog();
    }

    /** After a wait the next look is a new one, however short the wait was. */
    void expire() {
        goodUntil = Instant.MIN;
    }

    /**
     * Learns what is new, unless the last reading is still good; anything but {@link Then.GoOn} forbids to contact anybody. Of a log that is
     * too long for one reading it is a {@link Then.Rest} until all parts are read: who left long ago stands in the last.
     */
    Then learn() {
        if (!readable || run.now().isBefore(goodUntil)) {
            return new Then.GoOn();
        }
        return switch (read()) {
            case Answer.Ok<EventLog>(EventLog log) -> take(log);
            case Answer.Refused<EventLog>(TelegramError.CampaignFault(String raw)) -> {
                LOG.warn("The account may read the chat's event log no more: {}", raw);
                readable = false;
                yield new Then.GoOn();
            }
            case Answer.Refused<EventLog>(TelegramError error) -> {
                LOG.warn("The chat's event log can't be read, nobody is contacted meanwhile: {}", error.raw());
                yield AccountTrouble.of(run.open(), error)
                        .orElseGet(() -> new Then.TelegramAway(
                                "The chat's event log, which shows who left, can't be read (" + error.raw() + ")."));
            }
        };
    }

    private Answer<EventLog> read() {
        return unfinished.isPresent()
                ? run.telegram().olderEvents(chat.id(), known.readTo, unfinished.get().rest)
                : run.telegram().eventLog(chat.id(), known.readTo);
    }

    private Then take(EventLog log) {
        List<Event> fresh = known.fresh(log.events());
        suppress(fresh, Event.Left.class, "Left");
        suppress(fresh, Event.Removed.class, "Removed");
        Mark whole = unfinished.map(Unfinished::whole).orElseGet(() -> known.after(fresh));
        Instant begun = unfinished.map(Unfinished::begun).orElseGet(run::now);
        unfinished = log.rest().map(rest -> new Unfinished(rest, whole, begun));
        if (unfinished.isPresent()) {
            LOG.info("The chat's event log is long, nobody is contacted before all of it is read");
            return more();
        }
        known = whole;
        goodUntil = begun.plus(GOOD_FOR);
        // A reading that took longer than it is good for is followed by a short one, of what came meanwhile.
        return run.now().isBefore(goodUntil) ? new Then.GoOn() : more();
    }

    private Then more() {
        return new Then.Rest(new Wait(run.now().plus(BETWEEN_PARTS), WaitingFor.Pause));
    }

    private void suppress(List<Event> events, Class<? extends Event> kind, String reason) {
        List<Identities> people = events.stream()
                .filter(kind::isInstance)
                .map(event -> Identities.ofUserId(event.userId()))
                .toList();
        run.ledger().suppressions().add(people, OptionalLong.of(chat.id()), reason);
    }
}
