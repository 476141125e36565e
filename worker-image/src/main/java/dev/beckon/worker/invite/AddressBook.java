package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.ImportedContacts;
import dev.beckon.ledger.invite.ImportedContacts.ImportedContact;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ContactImport;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.invite.People.Found;
import dev.beckon.worker.run.AccountTrouble;
import dev.beckon.worker.run.Then;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account's contacts. Who is one already is the owner's: used as found, and left as they are. Who is made one to be found is written down
 * before, and taken out again; the ledger forgets them when they are out for sure, or never were in it.
 */
final class AddressBook {
    private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

    private final Run run;

    /** What may stand in the address book by an import of ours: the latest of each number. */
    private final Map<String, ImportedContact> ours = new HashMap<>();

    AddressBook(Run run) {
        this.run = run;
    }

    /** Of the account's contacts the one with this number, which costs no look-up. Who is one by an import of ours is to be forgotten. */
    Answer<Optional<Found.User>> known(String phone) {
        return run.telegram()
                .contact(phone)
                .map(known -> known.map(user -> new Found.User(user, Optional.ofNullable(ours.get(phone)))));
    }

    /** Makes a number that {@link #known} doesn't know a contact, which is a look-up. */
    Answer<Found.User> imported(String phone, String firstName) {
        boolean mayBeOurs = ours.containsKey(phone);
        ImportedContact contact = contacts().record(run.lease(), phone).orElseThrow(run::leaseLost);
        ours.put(phone, contact);
        KillPoint.BEFORE_CONTACT.here();
        Answer<ContactImport> answer = run.telegram().importContact(phone, firstName);
        KillPoint.AFTER_CONTACT.here();
        return switch (answer) {
            // The owner's, without this number: they are not taken out.
            case Answer.Ok<ContactImport>(ContactImport(TelegramUser user, boolean before))
            when before && !mayBeOurs -> {
                deleted(contact);
                yield Answer.ok(new Found.User(user, Optional.empty()));
            }
            case Answer.Ok<ContactImport>(ContactImport(TelegramUser user, boolean _)) -> {
                run.check(contacts().imported(run.lease(), contact.contactId(), user.id()));
                yield Answer.ok(new Found.User(user, Optional.of(contact)));
            }
            case Answer.Refused<ContactImport>(TelegramError.NotFound error) -> {
                deleted(contact);
                yield Answer.refused(error);
            }
            // What is said of account or connection may be said of a second sending, or by a server that failed
            // afterwards: whoever
            // starts next looks.
            case Answer.Refused<ContactImport> refused -> refused.as();
        };
    }

    /** Takes a contact out again. What fails is done at the next start. */
    Then forget(ImportedContact contact, long userId) {
        return switch (run.telegram().deleteContact(userId)) {
            case Answer.Ok<Done> _, Answer.Refused<Done>(TelegramError.NotFound _) -> deleted(contact);
            case Answer.Refused<Done>(TelegramError error) -> stays(error);
        };
    }

    /** Takes out what an earlier process left. A session that was just opened sees the address book as it is, so nobody is looked up. */
    Then forgetLeftBehind() {
        for (ImportedContact contact : contacts().leftBehind(run.lease())) {
            ours.put(contact.phone(), contact);
            switch (standing(contact)) {
                case Answer.Ok<Optional<Long>>(Optional<Long> userId) -> {
                    Then then = userId.map(id -> forget(contact, id)).orElseGet(() -> absent(contact));
                    if (!(then instanceof Then.GoOn)) {
                        return then;
                    }
                }
                // The next one would hear the same.
                case Answer.Refused<Optional<Long>>(TelegramError error) -> {
                    return stays(error);
                }
            }
        }
        return new Then.GoOn();
    }

    /** Whom to take out, if anybody. */
    private Answer<Optional<Long>> standing(ImportedContact contact) {
        return contact.telegramUserId().isPresent()
                ? Answer.ok(contact.telegramUserId())
                : run.telegram().contact(contact.phone()).map(known -> known.map(TelegramUser::id));
    }

    /** What a dead process sent last may still be on its way: then a later start looks once more. */
    private Then absent(ImportedContact contact) {
        return run.now().isBefore(contact.since().plus(OpenIntents.BYTES_MAY_ARRIVE))
                ? new Then.GoOn()
                : deleted(contact);
    }

    private Then deleted(ImportedContact contact) {
        run.check(contacts().deleted(run.lease(), contact.contactId()));
        ours.remove(contact.phone(), contact);
        return new Then.GoOn();
    }

    /** The contact is still recorded as one to delete; what Telegram says of the account counts at once. */
    private Then stays(TelegramError error) {
        LOG.warn("An imported contact could not be deleted, tried again at the next start: {}", error.raw());
        return AccountTrouble.of(run.open(), error).orElse(new Then.GoOn());
    }

    private ImportedContacts contacts() {
        return run.ledger().importedContacts();
    }
}
