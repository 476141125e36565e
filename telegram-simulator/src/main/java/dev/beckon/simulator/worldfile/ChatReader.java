package dev.beckon.simulator.worldfile;

import dev.beckon.simulator.world.ChatProfile;
import dev.beckon.simulator.world.Link;
import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.telegram.TelegramChat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns the chats of a world file into the chats of a world. */
final class ChatReader {
    private static final long FIRST_ID = 1_500_000_001;
    /** Above it TDLib takes a channel's id for something else. */
    private static final long LAST_ID = 990_000_000_000L;

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z]\\w{2,31}");
    static final String EMPTY = "is empty: give it fields, or remove it";
    private static final Pattern HASH = Pattern.compile("[\\w-]{8,64}");

    private final Problems problems;
    private final References references;
    private final ReferenceReader reader;
    private final Set<String> hashes = new HashSet<>();
    private long nextId = FIRST_ID;

    ChatReader(Problems problems, References references, ReferenceReader reader) {
        this.problems = problems;
        this.references = references;
        this.reader = reader;
    }

    WorldSeed.ChatSeed read(ChatEntry entry, String path) {
        long id = id(entry, path);
        String title = problems.needed(entry.title(), path + ".title", "?");
        references.chat(title, id);
        entry.username().ifPresent(name -> username(name, id, path + ".username"));
        long owner = neededPerson(entry.owner(), path + ".owner");
        TelegramChat.Kind kind = entry.kind().orElse(TelegramChat.Kind.SUPERGROUP);
        if (kind == TelegramChat.Kind.BASIC_GROUP && entry.username().isPresent()) {
            problems.add(path + ".username", "a basic group has no public name: remove it, or make it a Supergroup");
        }
        int cap = problems.within(entry.memberCap().orElse(usualCap(kind)), 1, Integer.MAX_VALUE, path + ".memberCap");
        ChatProfile profile = new ChatProfile(
                id,
                kind,
                title,
                entry.username(),
                owner,
                entry.created().orElse(CREATED),
                cap,
                entry.addCap().orElse(kind == TelegramChat.Kind.CHANNEL ? 200 : cap),
                entry.hiddenMembers().orElse(false),
                entry.membersMayInvite().orElse(true),
                entry.joinByRequest().orElse(false),
                entry.slowMode().orElse(Duration.ZERO));
        List<Long> members = reader.people(entry.members(), path + ".members");
        List<Long> left = reader.people(entry.left(), path + ".left");
        List<Long> removed = reader.people(entry.removed(), path + ".removed");
        requireApart(members, left, path + ".left", "left");
        requireApart(members, removed, path + ".removed", "was removed");
        return new WorldSeed.ChatSeed(
                profile,
                reader.people(entry.admins(), path + ".admins"),
                members,
                left,
                removed,
                links(entry, profile, path),
                posts(entry, profile, path));
    }

    private long id(ChatEntry entry, String path) {
        long id = entry.id().orElse(0L);
        if (entry.id().isEmpty()) {
            do {
                id = nextId++;
            } while (!references.chat(Long.toString(id), id));
        } else if (id < 1 || id > LAST_ID) {
            problems.add(path + ".id", "must lie between 1 and " + LAST_ID);
        } else if (!references.chat(Long.toString(id), id)) {
            problems.add(path + ".id", id + " is taken by another chat");
        }
        return id;
    }

    private void username(String name, long id, String path) {
        if (!USERNAME.matcher(name).matches()) {
            problems.add(path, "'" + name + "' is no public name: 3 to 32 letters, digits and _, without @");
        } else if (references.person(name).isPresent()) {
            problems.add(path, "'" + name + "' is taken by a person");
        } else if (!references.chat(name, id) && references.chat(name).getAsLong() != id) {
            problems.add(path, "'" + name + "' is taken by another chat");
        }
    }

    private void requireApart(List<Long> members, List<Long> gone, String path, String how) {
        Set<Long> both = new HashSet<>(members);
        both.retainAll(Set.copyOf(gone));
        if (!both.isEmpty()) {
            problems.add(path, "who " + how + " can't be among the members: " + both.size() + " stand in both lists");
        }
    }

    private static int usualCap(TelegramChat.Kind kind) {
        return switch (kind) {
            case BASIC_GROUP -> 200;
            case SUPERGROUP -> 200_000;
            case CHANNEL -> Integer.MAX_VALUE;
        };
    }

    private List<Link> links(ChatEntry entry, ChatProfile chat, String path) {
        List<Link> links = new ArrayList<>();
        int index = 0;
        for (ChatEntry.LinkEntry link : entry.links().orElse(List.of())) {
            String at = path + ".links[" + index++ + "]";
            if (link == null) {
                problems.add(at, EMPTY);
                continue;
            }
            String hash = problems.needed(link.hash(), at + ".hash", "missing-hash");
            if (!HASH.matcher(hash).matches()) {
                problems.add(at + ".hash", "must be 8 to 64 letters, digits, _ and -, without https://t.me/+");
            } else if (!hashes.add(hash)) {
                problems.add(at + ".hash", "'" + hash + "' is the hash of another link");
            }
            links.add(new Link(
                    hash,
                    chat.id(),
                    chat.creatorId(),
                    link.name().orElse(""),
                    chat.created(),
                    link.expires(),
                    problems.within(link.limit().orElse(0), 0, 99_999, at + ".limit"),
                    link.request().orElse(false)));
        }
        return links;
    }

    private List<WorldSeed.Post> posts(ChatEntry entry, ChatProfile chat, String path) {
        List<WorldSeed.Post> posts = new ArrayList<>();
        Instant at = chat.created();
        int index = 0;
        for (ChatEntry.PostEntry post : entry.messages().orElse(List.of())) {
            String field = path + ".messages[" + index++ + "]";
            if (post == null) {
                problems.add(field, EMPTY);
                continue;
            }
            at = post.at().orElse(at.plusSeconds(60));
            long from = neededPerson(post.from(), field + ".from");
            posts.add(new WorldSeed.Post(from, at, problems.needed(post.text(), field + ".text", "?")));
        }
        return posts;
    }

    private long neededPerson(Optional<String> name, String path) {
        return reader.person(name, path)
                .orElseGet(() -> name.isPresent() ? 0L : problems.needed(Optional.<Long>empty(), path, 0L));
    }
}
