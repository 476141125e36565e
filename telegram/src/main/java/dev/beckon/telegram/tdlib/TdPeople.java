package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ContactImport;
import dev.beckon.telegram.Done;
import dev.beckon.telegram.LastSeen;
import dev.beckon.telegram.PersonFacts;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors.Subject;
import dev.beckon.telegram.TelegramUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finding people, and keeping contacts. */
final class TdPeople {
    private final TdClient client;

    TdPeople(TdClient client) {
        this.client = client;
    }

    static TelegramUser user(JsonNode user) {
        List<String> names = new ArrayList<>();
        user.path("usernames").path("active_usernames").forEach(name -> names.add(name.asText()));
        String type = user.path("type").path("@type").asText();
        return new TelegramUser(
                user.path("id").asLong(),
                user.path("first_name").asText(),
                names,
                Optional.of(user.path("phone_number").asText())
                        .filter(phone -> !phone.isEmpty())
                        .map(phone -> "+" + phone),
                type.equals("userTypeBot"),
                type.equals("userTypeDeleted"));
    }

    static PersonFacts facts(JsonNode user) {
        return new PersonFacts(
                user(user),
                user.path("last_name").asText(),
                user.path("is_premium").asBoolean(),
                lastSeen(user.path("status")));
    }

    private static LastSeen lastSeen(JsonNode status) {
        return switch (Td.type(status)) {
            case "userStatusOnline" -> new LastSeen.Online();
            case "userStatusOffline" ->
                new LastSeen.At(Instant.ofEpochSecond(status.path("was_online").asLong()));
            case "userStatusRecently" -> new LastSeen.Recently();
            case "userStatusLastWeek" -> new LastSeen.LastWeek();
            case "userStatusLastMonth" -> new LastSeen.LastMonth();
            default -> new LastSeen.Unknown();
        };
    }

    Answer<TelegramUser> byUsername(String username) {
        return client.read(Td.object("searchPublicChat").put("username", username), Subject.PERSON)
                .then(chat -> {
                    JsonNode type = chat.path("type");
                    return type.has("user_id")
                            ? byId(type.get("user_id").asLong())
                            : Answer.refused(new TelegramError.NotFound("the username belongs to a group or channel"));
                });
    }

    Answer<TelegramUser> byPhone(String phone) {
        return search(phone, false).map(TdPeople::user);
    }

    private Answer<ObjectNode> search(String phone, boolean onlyLocal) {
        return client.read(
                Td.object("searchUserByPhoneNumber").put("phone_number", phone).put("only_local", onlyLocal),
                Subject.PERSON);
    }

    private Answer<TelegramUser> byId(long userId) {
        return client.read(Td.object("getUser").put("user_id", userId), Subject.PERSON)
                .map(TdPeople::user);
    }

    /** What TDLib knows by itself, once it has the contacts: of others it may know a number, too. */
    Answer<Optional<TelegramUser>> contact(String phone) {
        return contacts().then(_ -> switch (search(phone, true)) {
            case Answer.Ok<ObjectNode>(ObjectNode user) -> Answer.ok(asContact(user));
            case Answer.Refused<ObjectNode>(TelegramError.NotFound _) -> Answer.ok(Optional.empty());
            case Answer.Refused<ObjectNode> refused -> refused.as();
        });
    }

    static Optional<TelegramUser> asContact(JsonNode user) {
        return user.path("is_contact").asBoolean() ? Optional.of(user(user)) : Optional.empty();
    }

    /** TDLib asks Telegram for them once, for its own importContacts needs them too, and then answers from what it is told of changes. */
    private Answer<Set<Long>> contacts() {
        return client.read(Td.object("getContacts"), Subject.PERSON).map(users -> {
            Set<Long> ids = new HashSet<>();
            users.path("user_ids").forEach(id -> ids.add(id.asLong()));
            return ids;
        });
    }

    Answer<ContactImport> importContact(String phone, String firstName) {
        // Before the call: TDLib may send it twice, and the second one finds whom the first one brought.
        return contacts()
                .then(before ->
                        imported(phone, firstName).map(user -> new ContactImport(user, before.contains(user.id()))));
    }

    private Answer<TelegramUser> imported(String phone, String firstName) {
        ObjectNode request = Td.object("importContacts");
        request.set(
                "contacts",
                Td.array()
                        .add(Td.object("importedContact")
                                .put("phone_number", phone)
                                .put("first_name", firstName)
                                .put("last_name", "")));
        return client.call(request, Subject.IMPORT).then(this::importedUser);
    }

    private Answer<TelegramUser> importedUser(ObjectNode imported) {
        long userId = imported.path("user_ids").path(0).asLong();
        return userId == 0 ? Answer.refused(new TelegramError.NotFound("the number was not imported")) : byId(userId);
    }

    Answer<Done> deleteContact(long userId) {
        ObjectNode request = Td.object("removeContacts");
        request.set("user_ids", Td.array().add(userId));
        return client.call(request, Subject.PERSON).map(done -> Done.DONE);
    }
}
