package dev.beckon.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.worldfile.WorldFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of the world that the port of a campaign does not reach, but other clients of the data centre do. */
class WorldTest {
    private final World world = World.inMemory(WorldFile.parse("world.yaml", """
            clock: {start: 2026-10-05T09:00:00Z, speed: 0}
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby, phone: "+491700000002"}
              - generate: {count: 450, prefix: guest}
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: ["guest*"], slowMode: 30s}
              - {title: Hidden, username: hidden, owner: alice, members: ["guest*", bobby], hiddenMembers: true}
              - {title: News, username: news_here, kind: Channel, owner: alice, members: ["guest*"]}
              - {title: Friends, kind: BasicGroup, owner: alice, members: ["guest[1..198]"]}
            floods:
              - {on: contacts.resolveUsername, accounts: [bobby], calls: 1, per: 1h, pause: 10m}
            faults:
              - {on: contacts.resolveUsername, account: bobby, kind: AnswerLost, after: 1}
              - {on: messages.sendMessage, person: guest7, kind: Late, delay: 3s}
              - {on: messages.sendMessage, person: guest8, kind: DeletedForBothSides}
              - {on: messages.getHistory, kind: Error, text: TIMEOUT, code: 500, after: 1, times: 2}
            """));

    private final Caller alice = logIn(7, "+491700000001");
    private final Caller bob = logIn(8, "+491700000002");

    private Caller logIn(long key, String phone) {
        world.logins().keyCreated(key, new byte[0]);
        world.logins().sendCode(key, phone);
        return new Caller(key, world.logins().signIn(key, phone, "12345").id());
    }

    private long chat(String title) {
        return world.truth().chats().stream()
                .filter(c -> c.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private long guest(int number) {
        return bob.userId() + number;
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aLateMessageThatItsSenderSendsAgainComesOnce() {
        assertThatThrownBy(() -> world.messages().sendToPerson(alice, guest(7), "Hello", 99))
                .isInstanceOf(NoAnswer.class);
        world.advanceClock(Duration.ofSeconds(3));
        world.messages().sendToPerson(alice, guest(7), "Hello", 99);
        assertThat(world.truth().messages()).hasSize(1);
    }

    @Test
    void aMessageThatIsSentAgainBeforeItsLateEffectComesOnce() {
        assertThatThrownBy(() -> world.messages().sendToPerson(alice, guest(7), "Hello", 99))
                .isInstanceOf(NoAnswer.class);
        world.messages().sendToPerson(alice, guest(7), "Hello", 99);
        world.advanceClock(Duration.ofSeconds(3));
        assertThat(world.truth().messages()).hasSize(1);
    }

    @Test
    void revokingTheOtherSessionsLeavesOnlyTheCallingOne() {
        Caller other = logIn(9, "+491700000001");

        world.logins().revokeOthers(alice);

        assertThatThrownBy(() -> world.messages().post(other, chat("Meetup"), "Hello", 1))
                .hasMessage("SESSION_REVOKED");
        assertThat(world.logins().keysOf(alice.userId())).containsExactly(alice.authKeyId());
        assertThat(world.logins().keysOf(bob.userId())).containsExactly(bob.authKeyId());
        assertThatThrownBy(() -> world.logins().revokeOthers(other)).hasMessage("SESSION_REVOKED");
    }

    @Test
    void aDeletedMessageThatIsSentAgainStaysDeleted() {
        world.messages().sendToPerson(alice, guest(8), "Hello", 99);
        world.messages().sendToPerson(alice, guest(8), "Hello", 99);
        assertThat(world.truth().messages()).hasSize(1);
        assertThat(world.truth().box(guest(8), alice.userId())).isEmpty();
    }

    @Test
    void membersComeInPagesOfTwoHundred() {
        List<Member> all = new ArrayList<>();
        Chats.Members page;
        do {
            page = world.chats().participants(bob, chat("Meetup"), Chats.Filter.RECENT, all.size(), 1000);
            assertThat(page.page()).hasSizeLessThanOrEqualTo(200);
            all.addAll(page.page());
        } while (!page.page().isEmpty());
        assertThat(all).hasSize(451).doesNotHaveDuplicates();
    }

    @Test
    void aHiddenListShowsAdministratorsOnlyToMembers() {
        assertThat(world.chats()
                        .participants(bob, chat("Hidden"), Chats.Filter.RECENT, 0, 200)
                        .page())
                .extracting(Member::personId)
                .containsExactly(alice.userId());
        assertThat(world.chats()
                        .participants(alice, chat("Hidden"), Chats.Filter.RECENT, 0, 200)
                        .page())
                .hasSize(200);
    }

    @Test
    void aChannelShowsTwoHundredMembersToAdministratorsAndNoneToOthers() {
        Chats.Members shown = world.chats().participants(alice, chat("News"), Chats.Filter.RECENT, 190, 200);
        assertThat(shown.total()).isEqualTo(451);
        assertThat(shown.page()).hasSize(10);
        assertThatThrownBy(() -> world.chats().participants(bob, chat("News"), Chats.Filter.RECENT, 0, 200))
                .hasMessage("CHAT_ADMIN_REQUIRED");
    }

    @Test
    void aBasicGroupHoldsTwoHundred() {
        world.invitations().invite(alice, chat("Friends"), List.of(guest(300)));
        assertThatThrownBy(() -> world.invitations().invite(alice, chat("Friends"), List.of(guest(301))))
                .hasMessage("USERS_TOO_MUCH");
    }

    @Test
    void aBasicGroupHasNoAdministratorLog() {
        assertThatThrownBy(() -> world.chats().adminLog(alice, chat("Friends"), 0, 10))
                .hasMessage("CHANNEL_INVALID");
    }

    @Test
    void slowModeBindsMembersAndNotAdministrators() {
        world.acts().perform(new Act.Join(chat("Meetup"), bob.userId()));
        world.messages().post(bob, chat("Meetup"), "one", 1);
        world.advanceClock(Duration.ofSeconds(10));
        assertThatThrownBy(() -> world.messages().post(bob, chat("Meetup"), "two", 2))
                .hasMessage("SLOWMODE_WAIT_20");
        world.messages().post(alice, chat("Meetup"), "three", 3);
        world.messages().post(alice, chat("Meetup"), "four", 4);
        world.advanceClock(Duration.ofSeconds(20));
        assertThat(world.messages().post(bob, chat("Meetup"), "two", 2).id()).isEqualTo(4);
    }

    @Test
    void aMessageSentTwiceWithOneRandomIdIsOneMessage() {
        Message first = world.messages().sendToPerson(alice, bob.userId(), "Hello", 99);
        assertThat(world.messages().sendToPerson(alice, bob.userId(), "Hello", 99))
                .isEqualTo(first);
        assertThat(world.truth().contacts()).hasSize(1);
        Message post = world.messages().post(alice, chat("Meetup"), "Hello", 99);
        assertThat(world.messages().post(alice, chat("Meetup"), "Hello", 99)).isEqualTo(post);
    }

    @Test
    void aFaultLetsCallsPassFirstAndFiresAsOftenAsItSays() {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try {
                world.messages().historyWith(alice, bob.userId(), 0, 10);
                answers.add("ok");
            } catch (RpcError e) {
                answers.add(e.code() + " " + e.text());
            }
        }
        assertThat(answers).containsExactly("ok", "500 TIMEOUT", "500 TIMEOUT", "ok", "ok");
    }

    @Test
    void aCallThatTheFloodBudgetRefusesUsesUpNoFault() {
        world.people().resolveUsername(bob, "alice");
        assertThatThrownBy(() -> world.people().resolveUsername(bob, "alice")).hasMessage("FLOOD_WAIT_600");
        world.advanceClock(Duration.ofHours(1));
        assertThatThrownBy(() -> world.people().resolveUsername(bob, "alice")).isInstanceOf(NoAnswer.class);
    }

    @Test
    void oneKeyUsedByTwoProcessesIsSeenAndEndsTheSession() {
        world.connections().opened(7, "c1", "worker-1");
        world.connections().opened(7, "c2", "worker-1");
        assertThat(world.truth().overlaps()).isEmpty();
        assertThatThrownBy(() -> world.connections().opened(7, "c3", "worker-2"))
                .isInstanceOf(RpcError.class)
                .hasMessage("AUTH_KEY_DUPLICATED");
        assertThat(world.truth().overlaps()).singleElement().satisfies(overlap -> {
            assertThat(overlap.process()).isEqualTo("worker-2");
            assertThat(overlap.otherProcess()).isEqualTo("worker-1");
        });
        assertThatThrownBy(() -> world.people().self(alice)).hasMessage("AUTH_KEY_DUPLICATED");
    }

    @Test
    void aKeyHandedFromOneProcessToTheNextIsFine() {
        world.connections().opened(7, "c1", "worker-1");
        world.connections().closed(7, "c1");
        world.connections().opened(7, "c2", "worker-2");
        assertThat(world.truth().overlaps()).isEmpty();
        assertThat(world.people().self(alice).id()).isEqualTo(alice.userId());
    }

    @Test
    void listenersHearEventsInOrder() {
        List<WorldEvent> heard = new ArrayList<>();
        WorldListener listener = heard::add;
        world.listen(listener);
        world.messages().sendToPerson(alice, bob.userId(), "Hello", 1);
        world.unlisten(listener);
        world.messages().sendToPerson(alice, bob.userId(), "again", 2);
        assertThat(heard).extracting(e -> e.getClass().getSimpleName()).containsExactly("MessageSent", "Contacted");
    }

    @Test
    void manyThreadsShareOneWorld() throws Exception {
        long chat = chat("Friends");
        world.acts().perform(new Act.Leave(chat, guest(198)));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = 199 + i % 250;
            calls.add(() -> {
                try {
                    return world.invitations()
                            .invite(alice, chat, List.of(guest(number)))
                            .size();
                } catch (RpcError full) {
                    assertThat(full.text()).isEqualTo("USERS_TOO_MUCH");
                    return 0;
                }
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> done : threads.invokeAll(calls)) {
                assertThat(done.get()).isZero();
            }
        }
        assertThat(world.truth().members(chat)).hasSize(200);
    }

    @Test
    void clocksRunAtTheirSpeedAndNeverBack() {
        var real = new Object() {
            Instant now = Instant.parse("2026-01-01T00:00:00Z");
        };
        WorldClock clock = new WorldClock(Instant.parse("2026-10-05T09:00:00Z"), 60, () -> real.now);
        real.now = real.now.plusSeconds(10);
        assertThat(clock.instant()).isEqualTo("2026-10-05T09:10:00Z");
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo("2026-10-05T10:10:00Z");
        clock.notBefore(Instant.parse("2026-10-05T08:00:00Z"));
        assertThat(clock.instant()).isEqualTo("2026-10-05T10:10:00Z");
        clock.notBefore(Instant.parse("2026-10-06T00:00:00Z"));
        real.now = real.now.plusSeconds(1);
        assertThat(clock.instant()).isEqualTo("2026-10-06T00:01:00Z");
    }
}
