package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.People.Imported;
import dev.beckon.simulator.world.People.Resolved;
import dev.beckon.simulator.world.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finding people, and the account's contacts. */
final class ContactHandlers {
    Map<String, Handler> methods() {
        return Map.of(
                "contacts.resolveUsername", ContactHandlers::resolveUsername,
                "contacts.resolvePhone", ContactHandlers::resolvePhone,
                "contacts.getContacts", ContactHandlers::getContacts,
                "contacts.importContacts", ContactHandlers::importContacts,
                "contacts.deleteContacts", ContactHandlers::deleteContacts,
                "users.getUsers", ContactHandlers::getUsers,
                "users.getFullUser", ContactHandlers::getFullUser);
    }

    private static TlObject resolveUsername(Call call) {
        Caller caller = call.caller();
        Cast cast = new Cast(call.world(), caller);
        TlObject peer = switch (call.world()
                .people()
                .resolveUsername(caller, call.query().string("username"))) {
            case Resolved.APerson(Person person) -> {
                cast.person(person);
                yield Shows.peerUser(person.id());
            }
            case Resolved.AChat(Chat chat) -> {
                cast.chat(chat);
                yield Shows.peer(chat);
            }
        };
        return cast.into(TlObject.of("contacts.resolvedPeer").set("peer", peer));
    }

    private static TlObject resolvePhone(Call call) {
        Caller caller = call.caller();
        Person person = call.world().people().resolvePhone(caller, call.query().string("phone"));
        return new Cast(call.world(), caller)
                .person(person)
                .into(TlObject.of("contacts.resolvedPeer").set("peer", Shows.peerUser(person.id())));
    }

    private static TlObject getContacts(Call call) {
        Caller caller = call.caller();
        List<Person> people = call.world().people().contacts(caller);
        return TlObject.of("contacts.contacts")
                .set("contacts", people.stream().map(ContactHandlers::contact).toList())
                .set("saved_count", 0)
                .set(
                        "users",
                        people.stream()
                                .map(person -> Shows.user(person, caller.userId()))
                                .toList());
    }

    private static TlObject contact(Person person) {
        return TlObject.of("contact").set("user_id", person.id()).set("mutual", person.mutualContact());
    }

    private static TlObject importContacts(Call call) {
        Caller caller = call.caller();
        Cast cast = new Cast(call.world(), caller);
        List<TlObject> imported = new ArrayList<>();
        List<Long> retry = new ArrayList<>();
        for (TlObject contact : call.query().objects("contacts")) {
            long clientId = contact.longInteger("client_id");
            switch (call.world()
                    .people()
                    .importContact(caller, contact.string("phone"), contact.string("first_name"))) {
                case Imported.Found(Person person, boolean _) -> {
                    cast.person(person);
                    imported.add(TlObject.of("importedContact")
                            .set("user_id", person.id())
                            .set("client_id", clientId));
                }
                case Imported.RetryLater() -> retry.add(clientId);
                case Imported.NotFound() -> {
                    // Telegram says nothing of a number that it did not import.
                }
            }
        }
        return TlObject.of("contacts.importedContacts")
                .set("imported", imported)
                .set("popular_invites", List.of())
                .set("retry_contacts", retry)
                .set("users", cast.users());
    }

    private static TlObject deleteContacts(Call call) {
        Caller caller = call.caller();
        List<Long> ids = call.query().objects("id").stream()
                .map(user -> Peers.user(user, caller))
                .toList();
        call.world().people().deleteContacts(caller, ids);
        return new Cast(call.world(), caller).people(ids).updates(List.of());
    }

    private static List<TlObject> getUsers(Call call) {
        Caller caller = call.caller();
        return call.query().objects("id").stream()
                .map(user -> call.world().people().person(caller, Peers.user(user, caller)))
                .map(person -> Shows.user(person, caller.userId()))
                .toList();
    }

    private static TlObject getFullUser(Call call) {
        Caller caller = call.caller();
        long id = Peers.user(call.query().object("id"), caller);
        TlObject full = TlObject.of("userFull")
                .set("id", id)
                .set("settings", TlObject.of("peerSettings"))
                .set("notify_settings", TlObject.of("peerNotifySettings"))
                .set("common_chats_count", 0);
        return new Cast(call.world(), caller)
                .person(id)
                .into(TlObject.of("users.userFull").set("full_user", full));
    }
}
