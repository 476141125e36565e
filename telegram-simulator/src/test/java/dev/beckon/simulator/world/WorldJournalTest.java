package dev.beckon.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.worldfile.WorldFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world must be the same after its process was killed, wherever the kill fell. */
class WorldJournalTest {
    private static final List<Path> FOLDERS = new ArrayList<>();
    private static final String YAML = """
            clock: {start: 2026-10-05T09:00:00Z, speed: 0}
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby, phone: "+491700000002", privacy: {invites: Nobody}}
              - generate: {count: 5, prefix: guest, firstPhone: "+491710000000"}
            chats:
              - {title: Meetup, username: meetup, owner: alice, links: [{hash: abcdefghijkl}]}
            floods:
              - {on: contacts.resolveUsername, calls: 3, per: 1h, pause: 10m}
            faults:
              - {on: messages.sendMessage, kind: AnswerLost, after: 2, times: 1}
              - {on: channels.inviteToChannel, kind: Late, delay: 1h, after: 1, times: 1}
            """;

    private static final long ALICE = 1_000_001;
    private static final long MEETUP = 1_500_000_001;
    private static final Caller CALLER = new Caller(7, ALICE);

    @TempDir
    Path folder;

    private static World open(Path folder) {
        return World.open(WorldFile.parse("world.yaml", YAML), folder);
    }

    /** All that can be seen of a world. */
    private record Look(
            List<Contact> contacts,
            List<Member> members,
            List<LogEntry> log,
            List<Truth.Post> posts,
            List<Truth.Post> deletedPosts,
            List<WorldEvent.MessageSent> messages,
            List<Truth.SessionLook> sessions,
            List<WorldEvent.Overlap> overlaps,
            List<Boolean> isContact,
            Instant now) {
        static Look at(World world) {
            Truth truth = world.truth();
            return new Look(
                    truth.contacts(),
                    truth.members(MEETUP),
                    truth.log(MEETUP),
                    truth.posts(Instant.MIN),
                    truth.deletedPosts(Instant.MIN),
                    truth.messages(),
                    truth.sessions(),
                    truth.overlaps(),
                    truth.people().stream()
                            .map(p -> truth.isContact(ALICE, p.id()))
                            .toList(),
                    world.clock().instant());
        }
    }

    /** Does one of the things that can be done, as a number chooses; a refusal is a fine answer. */
    private static void act(World world, int choice) {
        long person = ALICE + 1 + choice % 6;
        try {
            switch (choice / 6 % 12) {
                case 0 -> world.invitations().invite(CALLER, MEETUP, List.of(person));
                case 1 -> world.messages().sendToPerson(CALLER, person, "Hello " + choice, choice);
                case 2 -> world.people().importContact(CALLER, "+49171000000" + choice % 5, "Guest");
                case 3 -> world.people().deleteContacts(CALLER, List.of(person));
                case 4 -> world.acts().perform(new Act.Join(MEETUP, person));
                case 5 -> world.acts().perform(new Act.Leave(MEETUP, person));
                case 6 -> world.advanceClock(Duration.ofMinutes(choice % 40));
                case 7 -> world.people().resolveUsername(CALLER, "guest" + (1 + choice % 5));
                case 8 -> world.messages().post(CALLER, MEETUP, "Post " + choice, choice);
                case 9 -> world.acts().deletePost(MEETUP, ALICE, 1 + choice % 4);
                case 10 -> world.acts().editPost(MEETUP, ALICE, 1 + choice % 4, Content.text("Edited " + choice));
                default -> world.invitations().exportLink(CALLER, MEETUP, "l", Optional.empty(), 0, false);
            }
        } catch (RpcError | NoAnswer refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void logIn(World world) {
        world.logins().keyCreated(CALLER.authKeyId(), new byte[] {1, 2, 3});
        world.logins().sendCode(CALLER.authKeyId(), "+491700000001");
        world.logins().signIn(CALLER.authKeyId(), "+491700000001", "12345");
    }

    @Provide
    Arbitrary<int[]> choices() {
        return Arbitraries.integers().between(0, 539).array(int[].class).ofMaxSize(40);
    }

    private static Path folder() throws IOException {
        Path folder = Files.createTempDirectory("beckon-world");
        FOLDERS.add(folder);
        return folder;
    }

    @AfterTry
    void deleteFolders() throws IOException {
        for (Path folder : FOLDERS) {
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        FOLDERS.clear();
    }

    @Property(tries = 30)
    void aReplayedWorldIsTheSameWorld(@ForAll("choices") int[] choices) throws IOException {
        Path state = folder();
        Look before;
        try (World world = open(state)) {
            logIn(world);
            Arrays.stream(choices).forEach(choice -> act(world, choice));
            before = Look.at(world);
        }
        try (World again = open(state)) {
            assertThat(Look.at(again)).isEqualTo(before);
            assertThat(again.logins().key(CALLER.authKeyId())).contains(new byte[] {1, 2, 3});
            assertThat(again.logins().caller(CALLER.authKeyId())).isEqualTo(CALLER);
        }
    }

    @Property(tries = 20)
    void afterAReplayTheWorldGoesOnAsItWouldHave(@ForAll("choices") int[] choices, @ForAll("choices") int[] more)
            throws IOException {
        Path restarted = folder();
        try (World world = open(restarted)) {
            logIn(world);
            Arrays.stream(choices).forEach(choice -> act(world, choice));
        }
        Look expected;
        try (World unbroken = open(folder())) {
            logIn(unbroken);
            Arrays.stream(choices).forEach(choice -> act(unbroken, choice));
            Arrays.stream(more).forEach(choice -> act(unbroken, choice));
            expected = Look.at(unbroken);
        }
        try (World again = open(restarted)) {
            Arrays.stream(more).forEach(choice -> act(again, choice));
            assertThat(Look.at(again)).isEqualTo(expected);
        }
    }

    @Test
    void anOperationThatAKillToreIsNotThereAndAllBeforeItAre() throws IOException {
        try (World world = open(folder.resolve("whole"))) {
            logIn(world);
            for (long person = ALICE + 2; person <= ALICE + 6; person++) {
                world.acts().perform(new Act.Join(MEETUP, person));
            }
        }
        byte[] journal = Files.readAllBytes(folder.resolve("whole/world.journal"));
        int members = 0;
        for (int length = 0; length <= journal.length; length += 31) {
            Path torn = folder.resolve("torn" + length);
            Files.createDirectories(torn);
            Files.write(torn.resolve("world.journal"), Arrays.copyOf(journal, length));
            try (World world = open(torn)) {
                int now = world.truth().members(MEETUP).size();
                assertThat(now).isGreaterThanOrEqualTo(members);
                members = now;
            }
        }
        assertThat(members).isGreaterThanOrEqualTo(5);
    }

    @Test
    void whatIsWrittenAfterATearIsThereAtTheNextStart() throws IOException {
        try (World world = open(folder)) {
            logIn(world);
        }
        Path journal = folder.resolve("world.journal");
        Files.writeString(journal, Files.readString(journal) + "{\"at\":\"2026-10-0");
        try (World world = open(folder)) {
            world.acts().perform(new Act.Join(MEETUP, ALICE + 2));
        }
        try (World world = open(folder)) {
            assertThat(world.truth().standing(MEETUP, ALICE + 2)).isEqualTo(Chat.Standing.MEMBER);
        }
    }

    @Test
    void theJournalOfAnotherWorldFileIsRefusedWithASentence() {
        open(folder).close();
        assertThatThrownBy(() -> World.open(WorldFile.parse("other.yaml", YAML + "\n"), folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was begun with another world file");
    }

    @Test
    void aFolderInUseIsRefusedWithASentence() {
        World world = open(folder);
        try (world) {
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another simulator uses the state folder");
        }
        open(folder).close();
    }
}
