package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Names;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.AccountRef.Limits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds people on Telegram within the account's look-up budget. A phone number is made a contact for it, which is written
 * down before and deleted as soon as the person is done with.
 */
final class People {
    private static final Logger LOG = LoggerFactory.getLogger(People.class);

    /** Telegram wants some first name for a contact. */
    private static final String NO_NAME = "-";

    /** Of the look-ups of any 24 hours this share is kept for settling open intents. */
    private static final int RESERVED_SHARE = 10;

    private final Run run;

    People(Run run) {
        this.run = run;
    }

    /** What came of looking for a person. */
    sealed interface Found {
        /** @param contact to be given to {@link #forget} when the person is done with */
        record User(TelegramUser user, Optional<ImportedContact> contact) implements Found {}

        /**
         * The names lead to somebody whose user id is not the one that is known of the person.
         *
         * @param userId of whoever was found
         * @param contact to be given to {@link #forget}
         */
        record Another(long userId, Optional<ImportedContact> contact) implements Found {}

        record Refused(TelegramError error) implements Found {}

        record BudgetSpent(Wait until) implements Found {}
    }

    /** The look-ups of any 24 hours for the people of a campaign: leaves the reserve alone. */
    static int lookupLimit(Limits limits) {
        int perDay = limits.lookupsPerDay();
        return perDay - (perDay + RESERVED_SHARE - 1) / RESERVED_SHARE;
    }

    /**
     * For the next person of the campaign.
     *
     * @param first what the ledger said to the first look-up, within {@link #lookupLimit}
     */
    Found find(Identities person, Optional<String> firstName, Optional<Usage.Taken> first) {
        Deque<Usage.Taken> taken = new ArrayDeque<>(first.stream().toList());
        return find(person, firstName, () -> taken.isEmpty() ? take(lookupLimit(run.limits())) : taken.poll());
    }

    /** For settling an open intent: may spend all. */
    Found findAgain(Names person) {
        return find(person.toFind(), Optional.empty(), this::takeOfAll);
    }

    private Found find(Identities person, Optional<String> firstName, Supplier<Usage.Taken> budget) {
        Optional<Found> byName = person.username()
                .map(name -> meant(person, lookUp(budget, () -> run.telegram().findByUsername(name))));
        Optional<Found> another = byName.filter(Found.Another.class::isInstance);
        boolean tryPhone = byName.isEmpty() || another.isPresent() || isNotFound(byName.get());
        if (person.phone().isPresent() && tryPhone) {
            Found byPhone = meant(person, byPhone(person.phone().get(), firstName.orElse(NO_NAME), budget));
            return isNotFound(byPhone) ? another.orElse(byPhone) : byPhone;
        }
        return byName.orElseGet(() -> new Found.Refused(
                new TelegramError.NotFound("a user id alone finds nobody in a session that never met them")));
    }

    /** A username and a number change hands, an id never does: who has another one is not who agreed, or opted out. */
    private static Found meant(Identities person, Found found) {
        return found instanceof Found.User(TelegramUser user, Optional<ImportedContact> contact)
                        && person.userId().filter(id -> id != user.id()).isPresent()
                ? new Found.Another(user.id(), contact)
                : found;
    }

    private static boolean isNotFound(Found found) {
        return found instanceof Found.Refused(TelegramError.NotFound _);
    }

    private interface LookUp {
        Answer<TelegramUser> ask();
    }

    private Usage.Taken take(int limit) {
        return run.ledger().usage().take(run.lease(), Usage.Kind.Lookup, limit);
    }

    private Usage.Taken takeOfAll() {
        return take(run.limits().lookupsPerDay());
    }

    private Found lookUp(Supplier<Usage.Taken> budget, LookUp lookUp) {
        return switch (budget.get()) {
            case Usage.Taken.Granted _ ->
                switch (lookUp.ask()) {
                    case Answer.Ok<TelegramUser>(TelegramUser user) -> new Found.User(user, Optional.empty());
                    case Answer.Refused<TelegramUser>(TelegramError error) -> new Found.Refused(error);
                };
            case Usage.Taken.Exhausted(Instant until) -> new Found.BudgetSpent(new Wait(until, WaitingFor.DailyLimit));
            case Usage.Taken.UserUnknown _ ->
                throw new IllegalStateException("The session is ready, its user is known");
            case Usage.Taken.LeaseLost _ -> throw run.leaseLost();
        };
    }

    private Found byPhone(String phone, String firstName, Supplier<Usage.Taken> budget) {
        KillPoint.BEFORE_CONTACT.here();
        ImportedContact contact =
                run.ledger().importedContacts().record(run.lease(), phone).orElseThrow(run::leaseLost);
        Found found = lookUp(budget, () -> run.telegram().importContact(phone, firstName));
        KillPoint.AFTER_CONTACT.here();
        return switch (found) {
            case Found.User(TelegramUser user, var _) -> {
                run.check(run.ledger().importedContacts().imported(run.lease(), contact.contactId(), user.id()));
                yield new Found.User(user, Optional.of(contact));
            }
            // It may have been imported: whoever starts next looks.
            case Found.Refused(TelegramError.Unanswered _) -> found;
            case Found.Refused _, Found.BudgetSpent _, Found.Another _ -> {
                run.check(run.ledger().importedContacts().deleted(run.lease(), contact.contactId()));
                yield found;
            }
        };
    }

    /** Takes a contact out of the address book again. What fails is done at the next start. */
    Then forget(ImportedContact contact, long userId) {
        return switch (run.telegram().deleteContact(userId)) {
            case Answer.Ok<Done> _, Answer.Refused<Done>(TelegramError.NotFound _) -> deleted(contact);
            case Answer.Refused<Done>(TelegramError error) -> stays(error);
        };
    }

    /** The same of whoever was imported, if anybody was. */
    Then forget(Optional<ImportedContact> contact, long userId) {
        return contact.map(imported -> forget(imported, userId)).orElse(new Then.GoOn());
    }

    /** Deletes what an earlier process left in the address book; a fresh session learns who it is by importing once more. */
    Then forgetLeftBehind() {
        for (ImportedContact contact : run.ledger().importedContacts().leftBehind(run.lease())) {
            Found found = lookUp(this::takeOfAll, () -> run.telegram().importContact(contact.phone(), NO_NAME));
            Optional<Then> end = switch (found) {
                case Found.User(TelegramUser user, var _) -> stopping(forget(contact, user.id()));
                case Found.Refused(TelegramError.NotFound _) -> stopping(deleted(contact));
                // The next one would hear the same.
                case Found.Refused(TelegramError error) -> Optional.of(stays(error));
                case Found.BudgetSpent _, Found.Another _ -> Optional.of(new Then.GoOn());
            };
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new Then.GoOn();
    }

    private static Optional<Then> stopping(Then then) {
        return Optional.of(then).filter(it -> !(it instanceof Then.GoOn));
    }

    private Then deleted(ImportedContact contact) {
        run.check(run.ledger().importedContacts().deleted(run.lease(), contact.contactId()));
        return new Then.GoOn();
    }

    /** The contact is still recorded as one to delete; what Telegram says of the account counts at once. */
    private Then stays(TelegramError error) {
        LOG.warn("An imported contact could not be deleted, tried again at the next start: {}", error.raw());
        return AccountTrouble.of(run.open(), error).orElse(new Then.GoOn());
    }

    /** Every name that a look-up told, beside those of the audience. */
    static List<Identities> told(TelegramUser user) {
        Identities main = new Identities(
                user.phone().map(phone -> phone.startsWith("+") ? phone : "+" + phone),
                user.username(),
                Optional.of(user.id()));
        return Stream.concat(Stream.of(main), user.usernames().stream().skip(1).map(Identities::ofUsername))
                .toList();
    }
}
