package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Names;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.AccountRef.Limits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds people on Telegram within the account's look-up budget. The number of whoever is no contact of the account is made one for it, and
 * deleted as soon as the person is done with ({@link AddressBook}).
 */
final class People {
    /** Telegram wants some first name for a contact. */
    private static final String NO_NAME = "-";

    /** Of the look-ups of any 24 hours this share is kept for settling open intents. */
    private static final int RESERVED_SHARE = 10;

    private final Run run;
    private final AddressBook contacts;

    People(Run run) {
        this.run = run;
        this.contacts = new AddressBook(run);
    }

    /** What came of looking for a person. */
    sealed interface Found {
        /** @param contact to be given to {@link #forget} when the person is done with; none is of who was a contact before */
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
        Optional<Found> byName = person.username().map(name -> meant(person, lookUp(budget, () -> byUsername(name))));
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
        Answer<Found.User> ask();
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
                    case Answer.Ok<Found.User>(Found.User user) -> user;
                    case Answer.Refused<Found.User>(TelegramError error) -> new Found.Refused(error);
                };
            case Usage.Taken.Exhausted(Instant until) -> new Found.BudgetSpent(new Wait(until, WaitingFor.DailyLimit));
            case Usage.Taken.UserUnknown _ ->
                throw new IllegalStateException("The session is ready, its user is known");
            case Usage.Taken.LeaseLost _ -> throw run.leaseLost();
        };
    }

    private Answer<Found.User> byUsername(String name) {
        return run.telegram().findByUsername(name).map(user -> new Found.User(user, Optional.empty()));
    }

    private Found byPhone(String phone, String firstName, Supplier<Usage.Taken> budget) {
        return switch (contacts.known(phone)) {
            case Answer.Ok<Optional<Found.User>>(Optional<Found.User> known) when known.isPresent() -> known.get();
            case Answer.Ok<Optional<Found.User>> _ -> lookUp(budget, () -> contacts.imported(phone, firstName));
            case Answer.Refused<Optional<Found.User>>(TelegramError error) -> new Found.Refused(error);
        };
    }

    /** Takes a contact out of the address book again, if anybody was imported. What fails is done at the next start. */
    Then forget(Optional<ImportedContact> contact, long userId) {
        return contact.map(imported -> contacts.forget(imported, userId)).orElse(new Then.GoOn());
    }

    /** Deletes what an earlier process left in the address book. */
    Then forgetLeftBehind() {
        return contacts.forgetLeftBehind();
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
