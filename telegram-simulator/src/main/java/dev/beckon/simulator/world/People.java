package dev.beckon.simulator.world;

import dev.beckon.telegram.LastSeen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finding people, and the contacts of an account. */
public final class People {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z]\\w{2,31}");
    private final World world;

    People(World world) {
        this.world = world;
    }

    /** Whom or what a username names. */
    public sealed interface Resolved {
        record APerson(Person person) implements Resolved {}

        record AChat(Chat chat) implements Resolved {}
    }

    /** What became of an imported number. */
    public sealed interface Imported {
        /** {@code added} tells whether it was no contact before. */
        record Found(Person person, boolean added) implements Imported {}

        /** Nobody, or nobody who wants to be found by it: Telegram doesn't tell which. */
        record NotFound() implements Imported {}

        /** {@code retry_contacts}: too many imports, ask again later. */
        record RetryLater() implements Imported {}
    }

    /** The account itself. */
    public Person self(Caller caller) {
        return world.locked(() -> {
            world.logins().requireAlive(caller.authKeyId());
            return seenBy(caller.userId(), state(caller.userId()));
        });
    }

    /** A person by id; {@code 400 USER_ID_INVALID} when there is none. */
    public Person person(Caller caller, long personId) {
        return world.locked(() -> {
            world.logins().requireAlive(caller.authKeyId());
            return seenBy(caller.userId(), state(personId));
        });
    }

    /** {@code contacts.resolveUsername}: USERNAME_INVALID, USERNAME_NOT_OCCUPIED. */
    public Resolved resolveUsername(Caller caller, String username) {
        Optional<PersonState> person = world.locked(() -> world.state().personByUsername(username));
        Target target = person.map(p -> Target.person(p.profile.id())).orElse(Target.NONE);
        return world.call(Method.RESOLVE_USERNAME, caller, target, () -> {
            if (!USERNAME.matcher(username).matches()) {
                throw new RpcError(400, "USERNAME_INVALID");
            }
            Optional<Resolved> found = person.filter(p -> !p.profile.deleted())
                    .<Resolved>map(p -> new Resolved.APerson(seenBy(caller.userId(), p)));
            return found.or(() -> world.state()
                            .chatByUsername(username)
                            .filter(chat -> chat.standing(caller.userId()) != Chat.Standing.BANNED)
                            .map(chat -> new Resolved.AChat(chat.seenBy(caller.userId()))))
                    .orElseThrow(() -> new RpcError(400, "USERNAME_NOT_OCCUPIED"));
        });
    }

    /** {@code contacts.resolvePhone}: PHONE_NOT_OCCUPIED also when the owner's privacy forbids it. */
    public Person resolvePhone(Caller caller, String phone) {
        Optional<PersonState> person = world.locked(() -> world.state().personByPhone(phone));
        Target target = person.map(p -> Target.person(p.profile.id())).orElse(Target.NONE);
        return world.call(
                Method.RESOLVE_PHONE,
                caller,
                target,
                () -> person.filter(p -> findableByPhone(p, caller.userId()))
                        .map(p -> seenBy(caller.userId(), p))
                        .orElseThrow(() -> new RpcError(400, "PHONE_NOT_OCCUPIED")));
    }

    /** {@code contacts.importContacts} of one number. */
    public Imported importContact(Caller caller, String phone, String firstName) {
        Optional<PersonState> person = world.locked(() -> world.state().personByPhone(phone));
        Target target = person.map(p -> Target.person(p.profile.id()).reaching(Contact.How.IMPORT_CONTACT))
                .orElse(Target.NONE);
        return world.call(Method.IMPORT_CONTACTS, caller, target, () -> {
            boolean spent =
                    world.gate().spend(Method.IMPORT_CONTACTS, caller.userId()).isPresent();
            if (spent || person.map(p -> p.profile.retryContacts()).orElse(false)) {
                return new Imported.RetryLater();
            }
            return person.filter(p -> findableByPhone(p, caller.userId()))
                    .map(p -> imported(caller, p, firstName))
                    .orElseGet(Imported.NotFound::new);
        });
    }

    private Imported imported(Caller caller, PersonState person, String firstName) {
        long id = person.profile.id();
        boolean added = !state(caller.userId()).contacts.contains(id);
        if (added) {
            world.emit(new WorldEvent.ContactAdded(caller.userId(), id, firstName));
        }
        contacted(caller, id, Contact.How.IMPORT_CONTACT);
        return new Imported.Found(seenBy(caller.userId(), person), added);
    }

    /** {@code contacts.deleteContacts}; deleting who is no contact changes nothing. */
    public void deleteContacts(Caller caller, List<Long> personIds) {
        Target target = new Target(0, personIds, Optional.of(Contact.How.DELETE_CONTACT), Optional.empty());
        world.call(Method.DELETE_CONTACTS, caller, target, () -> {
            for (long id : personIds) {
                state(id);
                if (state(caller.userId()).contacts.contains(id)) {
                    world.emit(new WorldEvent.ContactDeleted(caller.userId(), id));
                    contacted(caller, id, Contact.How.DELETE_CONTACT);
                }
            }
            return null;
        });
    }

    /** {@code contacts.getContacts}. */
    public List<Person> contacts(Caller caller) {
        return world.call(Method.GET_CONTACTS, caller, Target.NONE, () -> listed(caller.userId()));
    }

    /** The same as a client knows it that asked before and was told of each change: no call. */
    public List<Person> contactsAsTold(Caller caller) {
        return world.locked(() -> {
            world.logins().requireAlive(caller.authKeyId());
            return listed(caller.userId());
        });
    }

    private List<Person> listed(long ownerId) {
        return state(ownerId).contacts.stream()
                .sorted()
                .map(id -> seenBy(ownerId, state(id)))
                .toList();
    }

    private void contacted(Caller caller, long personId, Contact.How how) {
        world.emit(new WorldEvent.Contacted(new Contact(world.now(), caller.userId(), personId, how, 0, "ok", true)));
    }

    private static boolean findableByPhone(PersonState person, long viewerId) {
        return !person.profile.deleted()
                && person.opensTo(person.profile.privacy().phone(), viewerId);
    }

    PersonState state(long personId) {
        PersonState person = world.state().people.get(personId);
        if (person == null) {
            throw new RpcError(400, "USER_ID_INVALID");
        }
        return person;
    }

    Person seenBy(long viewerId, PersonState person) {
        Profile profile = person.profile;
        boolean self = profile.id() == viewerId;
        PersonState viewer = world.state().people.get(viewerId);
        boolean contact = !self && viewer != null && viewer.contacts.contains(profile.id());
        boolean deleted = profile.deleted();
        return new Person(
                profile.id(),
                deleted ? "" : profile.firstName(),
                deleted ? "" : profile.lastName(),
                deleted ? Optional.empty() : profile.username(),
                !deleted && (self || contact) ? profile.phone() : Optional.empty(),
                profile.bot(),
                deleted,
                self,
                contact,
                contact && person.contacts.contains(viewerId),
                !deleted && profile.premium(),
                deleted || profile.bot() ? new LastSeen.Unknown() : profile.lastSeen());
    }
}
