package dev.beckon.simulator.worldfile;

import dev.beckon.simulator.world.Audience;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.telegram.LastSeen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns the people of a world file into the people of a world. */
final class PeopleReader {
    static final int MAX_GENERATED = 2_000_000;
    private static final long FIRST_ID = 1_000_001;
    private static final int DATA_CENTRES = 5;
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z]\\w{2,31}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{6,14}");
    private static final Pattern TOKEN = Pattern.compile("\\d+:[\\w-]{4,64}");

    private final Problems problems;
    private final References references;
    private final Set<Long> ids = new HashSet<>();
    private final Set<String> tokens = new HashSet<>();
    private final List<Draft> drafts = new ArrayList<>();
    private long nextId = FIRST_ID;

    /** A person whose references to others are still names. */
    private record Draft(Profile profile, PersonEntry entry, String path) {}

    PeopleReader(Problems problems, References references) {
        this.problems = problems;
        this.references = references;
    }

    /** Must be called for all people before {@link #seeds}, since they may refer to each other. */
    void read(PersonEntry entry, String path) {
        entry.id().ifPresent(ids::add);
        if (entry.generate().isPresent()) {
            generate(entry, entry.generate().get(), path);
        } else {
            one(entry, path);
        }
    }

    private void one(PersonEntry entry, String path) {
        long id = entry.id().orElseGet(this::freeId);
        if (id <= 0) {
            problems.add(path + ".id", "must be positive");
        }
        if (!references.person(Long.toString(id), id)) {
            problems.add(path + ".id", id + " is taken by another person");
        }
        entry.username().ifPresent(name -> {
            if (!USERNAME.matcher(name).matches()) {
                problems.add(
                        path + ".username",
                        "'" + name
                                + "' is no username: 3 to 32 letters, digits and _, beginning with a letter, without @");
            } else if (!references.person(name, id)) {
                problems.add(path + ".username", "'" + name + "' is taken by another person");
            }
        });
        entry.phone().ifPresent(phone -> phone(phone, id, path + ".phone"));
        entry.botToken().ifPresent(token -> {
            if (!TOKEN.matcher(token).matches()) {
                problems.add(path + ".botToken", "is no bot token: write it as 123456:letters-and-digits");
            } else if (!tokens.add(token)) {
                problems.add(path + ".botToken", "is taken by another bot");
            }
        });
        entry.dataCentre().ifPresent(number -> problems.within(number, 1, DATA_CENTRES, path + ".dataCentre"));
        if (entry.username().isEmpty()
                && entry.phone().isEmpty()
                && entry.botToken().isEmpty()) {
            entry.name().ifPresent(name -> references.person(name, id));
        }
        String name = entry.name().or(entry::username).orElse("Person");
        drafts.add(new Draft(profile(entry, id, name, entry.username(), entry.phone()), entry, path));
    }

    private void phone(String phone, long id, String path) {
        if (!PHONE.matcher(phone).matches()) {
            problems.add(path, "'" + phone + "' is no phone number: write it in E.164, such as +491701234567");
        } else if (!references.person(phone, id)) {
            problems.add(path, phone + " is the phone number of another person already");
        }
    }

    private void generate(PersonEntry entry, PersonEntry.GenerateEntry generate, String path) {
        String at = path + ".generate";
        int count =
                problems.within(problems.needed(generate.count(), at + ".count", 1), 1, MAX_GENERATED, at + ".count");
        String prefix = problems.needed(generate.prefix(), at + ".prefix", "person");
        if (entry.id().isPresent()
                || entry.username().isPresent()
                || entry.phone().isPresent()) {
            problems.add(at, "generated people can't share an id, a username or a phone: remove these beside it");
            return;
        }
        if (!USERNAME.matcher(prefix + "1000").matches()) {
            problems.add(at + ".prefix", "'" + prefix + "' is no beginning of a username");
            return;
        }
        if (count < 1 || count > MAX_GENERATED) {
            return;
        }
        long firstId = freeIds(count);
        if (!references.generated(prefix, firstId, count)) {
            problems.add(at + ".prefix", "'" + prefix + "' is the prefix of other generated people");
        }
        Optional<Long> firstPhone = generate.firstPhone()
                .filter(phone -> {
                    boolean fits = PHONE.matcher(phone).matches();
                    if (!fits) {
                        problems.add(at + ".firstPhone", "'" + phone + "' is no phone number in E.164");
                    }
                    return fits;
                })
                .map(phone -> Long.parseLong(phone.substring(1)));
        boolean named = generate.usernames().orElse(true);
        for (int i = 0; i < count; i++) {
            int number = i + 1;
            Optional<String> phone = firstPhone.map(first -> "+" + (first + number - 1));
            phone.ifPresent(p -> phone(p, firstId + number - 1, at + ".firstPhone"));
            Optional<String> username = named ? Optional.of(prefix + number) : Optional.empty();
            String name = entry.name().orElse(prefix) + " " + number;
            drafts.add(new Draft(profile(entry, firstId + i, name, username, phone), entry, path));
        }
    }

    private long freeId() {
        return freeIds(1);
    }

    private long freeIds(int count) {
        long first = nextId;
        for (long id = first; id < first + count; id++) {
            if (ids.contains(id)) {
                first = id + 1;
            }
        }
        nextId = first + count;
        return first;
    }

    private static Profile profile(
            PersonEntry entry, long id, String name, Optional<String> username, Optional<String> phone) {
        PersonEntry.PrivacyEntry privacy = entry.privacy()
                .orElse(new PersonEntry.PrivacyEntry(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        return new Profile(
                id,
                name,
                entry.lastName().orElse(""),
                username,
                phone,
                entry.password(),
                entry.passwordHint().orElse(""),
                entry.botToken(),
                entry.dataCentre(),
                new Profile.Privacy(
                        privacy.invites().orElse(Audience.EVERYBODY),
                        privacy.phone().orElse(Audience.EVERYBODY),
                        privacy.messages().orElse(Audience.EVERYBODY),
                        privacy.refusal().equals(Optional.of(PersonEntry.Refusal.ERROR))),
                entry.deleted().orElse(false),
                entry.tooManyChats().orElse(false),
                entry.retryContacts().orElse(false),
                entry.peerFloodAfter(),
                entry.premium().orElse(false),
                lastSeen(entry));
    }

    private static LastSeen lastSeen(PersonEntry entry) {
        return entry.lastSeenAt().<LastSeen>map(LastSeen.At::new).orElseGet(() -> switch (entry.lastSeen()
                .orElse(PersonEntry.Seen.RECENTLY)) {
            case RECENTLY -> new LastSeen.Recently();
            case LAST_WEEK -> new LastSeen.LastWeek();
            case LAST_MONTH -> new LastSeen.LastMonth();
            case LONG_AGO -> new LastSeen.Unknown();
        });
    }

    List<WorldSeed.PersonSeed> seeds(ReferenceReader reader) {
        List<WorldSeed.PersonSeed> seeds = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            PersonEntry entry = draft.entry();
            seeds.add(new WorldSeed.PersonSeed(
                    draft.profile(),
                    Set.copyOf(reader.people(entry.contacts(), draft.path() + ".contacts")),
                    Set.copyOf(reader.people(entry.blocked(), draft.path() + ".blocked")),
                    entry.banned().orElse(false),
                    entry.frozen().orElse(false)));
        }
        return seeds;
    }
}
