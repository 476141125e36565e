package dev.beckon.simulator.inprocess;

import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Message;
import dev.beckon.simulator.world.People.Imported;
import dev.beckon.simulator.world.People.Resolved;
import dev.beckon.simulator.world.Person;
import dev.beckon.simulator.world.RpcError;
import dev.beckon.simulator.world.World;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.SentMessage;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramUser;
import dev.beckon.telegram.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The port's calls on people, in the world's operations. */
final class InProcessPeople {
    /** TDLib's message ids are the server's, shifted by this. */
    private static final int SHIFT = 20;

    private final World world;

    /** As TDLib keeps them: asked for once, and told of changes. */
    private boolean contactsRead;

    InProcessPeople(World world) {
        this.world = world;
    }

    TelegramUser self(Caller caller) {
        return user(world.people().self(caller));
    }

    static TelegramUser user(Person person) {
        return new TelegramUser(
                person.id(),
                person.firstName(),
                person.username().stream().toList(),
                person.phone(),
                person.bot(),
                person.deleted());
    }

    Answer<TelegramUser> byUsername(Caller caller, String username) {
        return switch (world.people().resolveUsername(caller, username)) {
            case Resolved.APerson(Person person) -> Answer.ok(user(person));
            case Resolved.AChat _ ->
                Answer.refused(new TelegramError.NotFound("the username belongs to a group or channel"));
        };
    }

    TelegramUser byPhone(Caller caller, String phone) {
        return user(world.people().resolvePhone(caller, phone));
    }

    List<TelegramUser> contacts(Caller caller) {
        List<Person> contacts = contactsRead
                ? world.people().contactsAsTold(caller)
                : world.people().contacts(caller);
        contactsRead = true;
        return contacts.stream().map(InProcessPeople::user).toList();
    }

    static boolean hasNumber(TelegramUser user, String phone) {
        return user.phone()
                .map(InProcessPeople::digits)
                .filter(digits(phone)::equals)
                .isPresent();
    }

    private static String digits(String phone) {
        return phone.startsWith("+") ? phone.substring(1) : phone;
    }

    Answer<TelegramUser> importContact(Caller caller, String phone, String firstName) {
        return switch (world.people().importContact(caller, phone, firstName)) {
            case Imported.Found(Person person, boolean _) -> Answer.ok(user(person));
            case Imported.NotFound _ -> Answer.refused(new TelegramError.NotFound("the number was not imported"));
            // TDLib's words for retry_contacts.
            case Imported.RetryLater _ -> throw new RpcError(429, "Too Many Requests: retry after 3600");
        };
    }

    Done deleteContact(Caller caller, long userId) {
        world.people().deleteContacts(caller, List.of(userId));
        return Done.DONE;
    }

    /** Cleaned, as TDLib sends it. */
    SentMessage send(Caller caller, long userId, String text, long randomId) {
        Message message = world.messages().sendToPerson(caller, userId, Words.cleaned(text), randomId);
        return new SentMessage(userId, (long) message.id() << SHIFT, message.at());
    }

    List<ChatMessage> messagesWith(Caller caller, long userId, Instant since) {
        List<ChatMessage> found = new ArrayList<>();
        int before = 0;
        while (true) {
            List<Message> page = world.messages().historyWith(caller, userId, before, 100);
            for (Message message : page) {
                if (message.at().isBefore(since)) {
                    return found;
                }
                found.add(new ChatMessage(
                        (long) message.id() << SHIFT, message.fromId(), message.out(), message.at(), message.text()));
            }
            if (page.isEmpty()) {
                return found;
            }
            before = page.getLast().id();
        }
    }
}
