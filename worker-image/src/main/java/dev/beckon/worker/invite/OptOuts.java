package dev.beckon.worker.invite;

import dev.beckon.ledger.people.Identities;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.Then;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
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

    private final Run run;
    private final TelegramChat chat;
    private boolean readable;
    /** By Telegram's clock, the time of the newest event: ours may be minutes off. */
    private Instant readTo;

    private Set<Event> newest = Set.of();
    private Instant goodUntil = Instant.MIN;

    OptOuts(Run run, TelegramChat chat) {
        this.run = run;
        this.chat = chat;
        this.readable = chat.mayReadEventLog();
        this.readTo = run.now().minus(KEPT);
    }

    /** After a wait the next look is a new one, however short the wait was. */
    void expire() {
        goodUntil = Instant.MIN;
    }

    /** Learns what is new, unless the last reading is still good; anything but {@link Then.GoOn} forbids to contact anybody. */
    Then learn() {
        if (!readable || run.now().isBefore(goodUntil)) {
            return new Then.GoOn();
        }
        return switch (run.telegram().eventLog(chat.id(), readTo)) {
            case Answer.Ok<EventLog>(EventLog log) -> {
                take(log.events());
                goodUntil = run.now().plus(GOOD_FOR);
                yield new Then.GoOn();
            }
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

    private void take(List<Event> events) {
        List<Event> fresh =
                events.stream().filter(event -> !newest.contains(event)).toList();
        suppress(fresh, Event.Left.class, "Left");
        suppress(fresh, Event.Removed.class, "Removed");
        if (fresh.isEmpty()) {
            return;
        }
        // Telegram's times are whole seconds: those of the newest one are told again by the next reading.
        Instant last = fresh.getLast().at();
        Set<Event> ofLast = new HashSet<>(last.equals(readTo) ? newest : Set.of());
        fresh.stream().filter(event -> event.at().equals(last)).forEach(ofLast::add);
        newest = ofLast;
        readTo = last;
    }

    private void suppress(List<Event> events, Class<? extends Event> kind, String reason) {
        List<Identities> people = events.stream()
                .filter(kind::isInstance)
                .map(event -> Identities.ofUserId(event.userId()))
                .toList();
        run.ledger().suppressions().add(people, OptionalLong.of(chat.id()), reason);
    }
}
