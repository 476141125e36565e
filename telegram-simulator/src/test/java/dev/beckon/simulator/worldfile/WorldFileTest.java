package dev.beckon.simulator.worldfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.world.Audience;
import dev.beckon.simulator.world.Fault;
import dev.beckon.simulator.world.Method;
import dev.beckon.simulator.world.Profile;
import dev.beckon.simulator.world.WorldSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldFileTest {

    private static WorldSeed parse(String yaml) {
        return WorldFile.parse("world.yaml", yaml);
    }

    private static void refused(String yaml, String... sentences) {
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(WorldFileException.class)
                .message()
                .contains(sentences);
    }

    @Test
    void anEmptyFileIsAnEmptyWorldInRealTime() {
        WorldSeed seed = parse("");
        assertThat(seed.people()).isEmpty();
        assertThat(seed.start()).isEmpty();
        assertThat(seed.speed()).isEqualTo(1.0);
    }

    @Test
    void everyPartOfAWorldIsRead() {
        WorldSeed seed = parse("""
                clock: {start: 2026-10-05T09:00:00Z, speed: 60}
                loginCode: 54321
                people:
                  - {username: alice, phone: +491701234567, password: secret, contacts: [bob], peerFloodAfter: 3}
                  - {id: 42, username: bob, privacy: {invites: Contacts, refusal: Error}, blocked: ["+491701234567"]}
                  - generate: {count: 1000, prefix: guest, firstPhone: "+4915200000000"}
                chats:
                  - title: Meetup
                    username: meetup
                    owner: alice
                    members: ["guest[1..10]"]
                    left: [guest11]
                    slowMode: 1m30s
                    links: [{hash: abcdefgh, limit: 2}]
                    messages: [{from: alice, text: Welcome}]
                floods: [{on: channels.inviteToChannel, accounts: [alice], calls: 5, per: 1h, pause: 10m}]
                faults: [{on: channels.inviteToChannel, person: guest7, chat: "@meetup", kind: AnswerLost, times: 2}]
                """);

        assertThat(seed.start()).contains(Instant.parse("2026-10-05T09:00:00Z"));
        assertThat(seed.loginCode()).isEqualTo("54321");
        assertThat(seed.people()).hasSize(1002);
        Profile alice = seed.people().get(0).profile();
        assertThat(alice.phone()).contains("+491701234567");
        assertThat(seed.people().get(0).contacts()).containsExactly(42L);
        Profile bob = seed.people().get(1).profile();
        assertThat(bob.privacy().invites()).isEqualTo(Audience.CONTACTS);
        assertThat(bob.privacy().refusedByError()).isTrue();
        assertThat(seed.people().get(1).blocked()).containsExactly(alice.id());
        Profile last = seed.people().getLast().profile();
        assertThat(last.username()).contains("guest1000");
        assertThat(last.phone()).contains("+4915200000999");

        WorldSeed.ChatSeed chat = seed.chats().getFirst();
        assertThat(chat.members()).hasSize(10);
        assertThat(chat.profile().slowMode()).isEqualTo(Duration.ofSeconds(90));
        assertThat(chat.links().getFirst().limit()).isEqualTo(2);
        assertThat(seed.floods().getFirst().accounts()).isEqualTo(Set.of(alice.id()));
        Fault fault = seed.faults().getFirst();
        assertThat(fault.on()).isEqualTo(Method.INVITE_TO_CHANNEL);
        assertThat(fault.person()).contains(chat.members().get(6));
        assertThat(fault.chat()).isEqualTo(Optional.of(chat.profile().id()));
    }

    @Test
    void anUnknownFieldIsNamedWithItsLineAndTheChoice() {
        refused(
                "people:\n  - username: alice\n    phne: '+4917012345'\n",
                "world.yaml:3: people[0].phne: there is no such field; the fields here are",
                "phone");
    }

    @Test
    void aDuplicatePhoneIsNamedWithItsLine() {
        refused(
                "people:\n  - {username: alice, phone: '+491701234567'}\n  - username: bob\n    phone: '+491701234567'\n",
                "world.yaml:4: people[1].phone: +491701234567 is the phone number of another person already");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        refused(
                """
                people:
                  - {username: al}
                  - {username: bob, contacts: [carl]}
                chats:
                  - {title: Meetup, owner: dora}
                floods:
                  - {on: channels.invite, calls: 1}
                """,
                "world.yaml:2: people[0].username: 'al' is no username",
                "world.yaml:3: people[1].contacts[0]: there is no person 'carl'",
                "world.yaml:5: chats[0].owner: there is no person 'dora'",
                "world.yaml:7: floods[0].on: 'channels.invite' is no method of the simulator",
                "world.yaml:7: floods[0].pause: is missing and needed");
    }

    @Test
    void mistakesOfEveryKindAreToldAtOnceAndNoneThatOnlyFollowsFromAnother() {
        List<String> told = List.of(
                "world.yaml:1: clock.speed: 'fast' is no number",
                "world.yaml:1: clock.start: 'yesterday' is no time",
                "world.yaml:2: loginCode: a single value is wanted here",
                "world.yaml:4: people[0].usernme: there is no such field",
                "world.yaml:4: people[0].phone: '0170' is no phone number",
                "world.yaml:5: people[1].deleted: 'maybe' is neither true nor false",
                "world.yaml:7: people[2].username: stands twice",
                "world.yaml:8: people[3].generate.count: 'many' is no number",
                "world.yaml:9: people[4]: fields are wanted here",
                "world.yaml:11: chats[0].kind: 'Forum' is none of",
                "world.yaml:11: chats[0].members[1]: there is no person 'zoe'",
                "world.yaml:12: chats[1].owner: is missing and needed",
                "world.yaml:12: chats[1].links[0]: is empty",
                "world.yaml:12: chats[1].links[1].hash: must be 8 to 64 letters",
                "world.yaml:14: floods[0].calls: 'few' is no number",
                "world.yaml:14: floods[0].per: '1 hour' is no duration",
                "world.yaml:14: floods[0].pause: 'long' is no duration",
                "world.yaml:16: faults[0].kind: 'Eror' is none of",
                "world.yaml:16: faults[0].chat: there is no chat '@nowhere'");
        assertThatThrownBy(() -> parse("""
                        clock: {speed: fast, start: yesterday}
                        loginCode: [1, 2]
                        people:
                          - {usernme: alice, phone: "0170"}
                          - {username: bob, deleted: maybe}
                          - username: carl
                            username: carol
                          - generate: {count: many, prefix: guest}
                          - nobody
                        chats:
                          - {title: Meetup, owner: alice, kind: Forum, members: ["guest[1..500]", zoe]}
                          - {title: News, links: [null, {hash: a/b}]}
                        floods:
                          - {on: channels.inviteToChannel, calls: few, per: 1 hour, pause: long}
                        faults:
                          - {on: messages.sendMessage, kind: Eror, text: PEER_FLOOD, chat: "@nowhere"}
                        """))
                .isInstanceOf(WorldFileException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .zipSatisfy(told, (line, beginning) -> assertThat(line).startsWith(beginning)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    chats: [{title: M, owner: alice, slowMode: 5 minutes}]  | is no duration: write it as 30s, 10m, 1h30m or 2d
                    chats: [{title: M, owner: alice, kind: Forum}]          | 'Forum' is none of BasicGroup, Supergroup, Channel
                    chats: [{title: M, owner: alice, memberCap: many}]      | 'many' is no number
                    chats: [{title: M, owner: alice, hiddenMembers: maybe}] | 'maybe' is neither true nor false
                    chats: [{title: M, owner: alice, created: yesterday}]   | is no time: write it as 2026-10-05T09:00:00Z
                    chats: {title: M, owner: alice}                         | a list is wanted here
                    chats: [alice]                                          | fields are wanted here
                    chats: [{title: M, owner: [alice]}]                     | a single value is wanted here
                    chats: [{title: M}]                                     | chats[0].owner: is missing and needed
                    chats: [{owner: alice}]                                 | chats[0].title: is missing and needed
                    chats: [{title: M, owner: alice, username: alice}]      | 'alice' is taken by a person
                    chats: [{title: M, owner: alice, members: ["guest*"]}]  | there is no person 'guest*'
                    chats: [{title: M, owner: alice, links: [{hash: a/b}]}] | must be 8 to 64 letters
                    chats: [{title: M, owner: alice, kind: BasicGroup, username: grp1}] | a basic group has no public name
                    chats: [null]                                           | chats[0]: is empty
                    clock: {speed: -1}                                      | clock.speed: -1.0 is out of bounds
                    faults: [{on: messages.sendMessage, kind: Error}]       | faults[0].text: is missing and needed
                    faults: [{on: messages.sendMessage, kind: Late, text: X}] | code and text belong to kind: Error only
                    faults: [{on: messages.sendMessage, kind: Late, chat: nowhere}] | there is no chat 'nowhere'
                    floods: [{on: messages.sendMessage, calls: -1, pause: 1s}] | -1 is out of bounds
                    """)
    void aWrongValueIsToldWithHowToMendIt(String yaml, String sentence) {
        refused("people: [{username: alice}]\n" + yaml + "\n", sentence);
    }

    @Test
    void generatedPeopleThatCollideAreRefused() {
        refused(
                """
                people:
                  - {username: alice, phone: "+4915200000005"}
                  - generate: {count: 10, prefix: guest, firstPhone: "+4915200000000"}
                  - generate: {count: 10, prefix: guest}
                  - generate: {count: 0, prefix: nobody}
                """,
                "world.yaml:3: people[1].generate.firstPhone: +4915200000005 is the phone number of another person",
                "world.yaml:4: people[2].generate.prefix: 'guest' is the prefix of other generated people",
                "people[3].generate.count: 0 is out of bounds");
    }

    @Test
    void ofVeryManyMistakesTheFirstHundredAreToldAndHowManyMoreThereAre() {
        String bots = "  - {botToken: x}\n".repeat(103);
        assertThatThrownBy(() -> parse("people:\n" + bots))
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .hasSize(101)
                        .endsWith("world.yaml: 3 more mistakes are not shown"));
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        refused("people: []\npeople: []\n", "world.yaml:2: people: stands twice");
    }

    @Test
    void brokenYamlIsToldWithItsLine() {
        refused("people:\n  - {username: alice\n", "this is not YAML");
    }

    @Test
    void anAliasThatContainsItselfIsRefused() {
        refused("people: &a [*a]\n", "nested too deeply");
    }

    @Test
    void aMissingFileAndABinaryFileAreTold(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> WorldFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("there is no such file");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> WorldFile.read(binary)).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void aWorldOfAHundredThousandPeopleIsAFewLines() {
        WorldSeed seed = parse("""
                people:
                  - username: alice
                  - generate: {count: 100000, prefix: guest}
                chats: [{title: Meetup, owner: alice, members: ["guest*"]}]
                """);
        assertThat(seed.chats().getFirst().members()).hasSize(100_000);
    }

    @Test
    void theSameTextHasTheSameFingerprintAndAnotherTextAnother() {
        assertThat(parse("people: []").fingerprint())
                .isEqualTo(parse("people: []").fingerprint());
        assertThat(parse("people: []").fingerprint())
                .isNotEqualTo(parse("people: [] ").fingerprint());
    }
}
