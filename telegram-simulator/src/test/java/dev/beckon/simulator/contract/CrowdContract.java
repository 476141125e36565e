package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.ChatSource.Listing;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.LastSeen;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.PersonFacts;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chat's members as a source of people: what is listed, what is refused, and what each person shows. */
public interface CrowdContract extends Contract {
    /** A chat of somebody else's. */
    static WorldText elsewhere(String fields) {
        return aliceAndBob()
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, owner: owner1, " + fields);
    }

    private static List<PersonFacts> all(Stage stage, long chat, String query) {
        List<PersonFacts> people = new ArrayList<>();
        int offset = 0;
        while (true) {
            MemberPage page = ok(stage.alice().members(chat, query, offset, 200));
            if (page.isEnd()) {
                return people;
            }
            people.addAll(page.people());
            offset += page.listed();
        }
    }

    private static List<Long> ids(List<PersonFacts> people) {
        return people.stream().map(person -> person.user().id()).toList();
    }

    @Test
    default void ourOwnGroupIsASourceThatShowsItsMembers() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, members: [bobby]"))) {
            var source = ok(stage.alice().source(stage.found("meetup")));
            assertThat(source.administered()).isTrue();
            assertThat(source.listing()).isEqualTo(Listing.MEMBERS);
            assertThat(source.chat().memberCount()).isEqualTo(2);
        }
    }

    @Test
    default void aPublicGroupIsASourceWithoutJoiningIt() {
        try (Stage stage = stage(elsewhere("members: [bobby]"))) {
            long chat = stage.found("meetup");
            var source = ok(stage.alice().source(chat));
            assertThat(source.administered()).isFalse();
            assertThat(source.chat().member()).isFalse();
            assertThat(source.listing()).isEqualTo(Listing.MEMBERS);
            assertThat(ids(all(stage, chat, ""))).containsExactlyInAnyOrder(stage.id("owner1"), stage.id("bobby"));
        }
    }

    @Test
    default void aPrivateGroupIsASourceForItsMembersByItsLink() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: Secret, owner: owner1, members: [alice, bobby], links: [{hash: abcdefghijkl}]"))) {
            long chat = ok(stage.alice().findChat(new ChatTarget.Invite("https://t.me/+abcdefghijkl")))
                    .id();
            assertThat(all(stage, chat, "")).hasSize(3);
        }
    }

    @Test
    default void membersComePageByPageEachOnce() {
        try (Stage stage = stage(aliceAndBob()
                .person("generate: {count: 450, prefix: guest}")
                .chat("title: Meetup, username: meetup, owner: alice, members: ['guest*']"))) {
            long chat = stage.found("meetup");
            MemberPage first = ok(stage.alice().members(chat, "", 0, 200));
            assertThat(first.total()).isEqualTo(451);
            assertThat(first.listed()).isEqualTo(200);
            List<Long> all = ids(all(stage, chat, ""));
            assertThat(all).hasSize(451).doesNotHaveDuplicates();
        }
    }

    @Test
    default void aListEndsAtTenThousandAndSaysHowManyThereAre() {
        try (Stage stage = stage(aliceAndBob()
                .person("generate: {count: 10100, prefix: guest}")
                .chat("title: Meetup, username: meetup, owner: alice, members: ['guest*']"))) {
            long chat = stage.found("meetup");
            MemberPage last = ok(stage.alice().members(chat, "", 9_900, 200));
            assertThat(last.total()).isEqualTo(10_101);
            assertThat(last.listed()).isEqualTo(100);
            assertThat(ok(stage.alice().members(chat, "", 10_000, 200)).isEnd()).isTrue();
        }
    }

    @Test
    default void aHiddenListIsRefusedToWhoIsNoAdministrator() {
        try (Stage stage = stage(elsewhere("members: [alice, bobby], hiddenMembers: true"))) {
            long chat = stage.found("meetup");
            assertThat(ok(stage.alice().source(chat)).listing()).isEqualTo(Listing.NONE);
            refused(stage.alice().members(chat, "", 0, 200), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aHiddenListIsShownToItsAdministrators() {
        try (Stage stage = stage(elsewhere("admins: [alice], members: [bobby], hiddenMembers: true"))) {
            long chat = stage.found("meetup");
            assertThat(ok(stage.alice().source(chat)).listing()).isEqualTo(Listing.MEMBERS);
            assertThat(all(stage, chat, "")).hasSize(3);
        }
    }

    @Test
    default void aForeignChannelShowsNobody() {
        try (Stage stage = stage(elsewhere("kind: Channel, members: [alice, bobby]"))) {
            long chat = stage.found("meetup");
            assertThat(ok(stage.alice().source(chat)).listing()).isEqualTo(Listing.NONE);
            refused(stage.alice().members(chat, "", 0, 200), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aChannelShowsItsAdministratorsTwoHundred() {
        try (Stage stage = stage(aliceAndBob()
                .person("generate: {count: 300, prefix: guest}")
                .chat("title: News, username: news_here, kind: Channel, owner: alice, members: ['guest*']"))) {
            long chat = stage.found("news_here");
            assertThat(ok(stage.alice().source(chat)).listing()).isEqualTo(Listing.LATEST_200);
            assertThat(all(stage, chat, "")).hasSize(200);
        }
    }

    @Test
    default void aBasicGroupShowsItsMembers() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: Small, kind: BasicGroup, owner: alice, members: [bobby]"))) {
            long chat = -stage.bareId("Small");
            ok(stage.alice().findChat(new ChatTarget.Id(chat)));
            var source = ok(stage.alice().source(chat));
            assertThat(source.administered()).isTrue();
            assertThat(source.listing()).isEqualTo(Listing.MEMBERS);
            assertThat(ids(all(stage, chat, ""))).containsExactlyInAnyOrder(stage.id("alice"), stage.id("bobby"));
        }
    }

    @Test
    default void aQueryFindsByTheBeginningOfAName() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: ann1, name: Ann, lastName: Marquez")
                .person("username: max_m, name: Max")
                .chat("title: Meetup, username: meetup, owner: alice, members: [bobby, ann1, max_m]"))) {
            assertThat(ids(all(stage, stage.found("meetup"), "ma")))
                    .containsExactlyInAnyOrder(stage.id("ann1"), stage.id("max_m"));
        }
    }

    @Test
    default void aPersonShowsWhatTheirPrivacyLetsUsKnow() {
        try (Stage stage = stage(aliceAndBob()
                .person(
                        "username: dora, name: Dora, lastName: Doe, phone: '+491700000003', premium: true, lastSeen: LastWeek")
                .person("username: emil, lastSeenAt: 2026-01-02T03:04:05Z")
                .person("username: gone1, lastSeen: LongAgo")
                .person("username: month1, lastSeen: LastMonth")
                .person("username: robot_bot, botToken: '4711:abcdef'")
                .person("id: 424242, deleted: true")
                .chat("title: Meetup, username: meetup, owner: alice,"
                        + " members: [bobby, dora, emil, gone1, month1, robot_bot, '424242']"))) {
            List<PersonFacts> people = all(stage, stage.found("meetup"), "");
            PersonFacts dora = person(people, stage.id("dora"));
            assertThat(dora.user().firstName()).isEqualTo("Dora");
            assertThat(dora.lastName()).isEqualTo("Doe");
            assertThat(dora.user().username()).contains("dora");
            assertThat(dora.user().phone()).isEmpty();
            assertThat(dora.premium()).isTrue();
            assertThat(dora.lastSeen()).isEqualTo(new LastSeen.LastWeek());
            assertThat(person(people, stage.id("bobby")).lastSeen()).isEqualTo(new LastSeen.Recently());
            assertThat(person(people, stage.id("bobby")).premium()).isFalse();
            assertThat(person(people, stage.id("emil")).lastSeen())
                    .isEqualTo(new LastSeen.At(Instant.parse("2026-01-02T03:04:05Z")));
            assertThat(person(people, stage.id("gone1")).lastSeen()).isEqualTo(new LastSeen.Unknown());
            assertThat(person(people, stage.id("month1")).lastSeen()).isEqualTo(new LastSeen.LastMonth());
            assertThat(person(people, stage.id("robot_bot")).user().bot()).isTrue();
            assertThat(person(people, 424242).user().deleted()).isTrue();
        }
    }

    private static PersonFacts person(List<PersonFacts> people, long id) {
        return people.stream()
                .filter(person -> person.user().id() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void aShortFloodOfTheListIsWaitedOutAndALongOneTold() {
        try (Stage stage = stage(aliceAndBob()
                .chat("title: Meetup, username: meetup, owner: alice, members: [bobby]")
                .fault("on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_300"))) {
            long chat = stage.found("meetup");
            TelegramError.Wait wait = refused(stage.alice().members(chat, "", 0, 200), TelegramError.Wait.class);
            assertThat(wait.time()).isEqualTo(Duration.ofMinutes(5));
            assertThat(ok(stage.alice().members(chat, "", 0, 200)).listed()).isEqualTo(2);
        }
    }

    @Test
    default void aSpentBudgetOfListingIsAWait() {
        try (Stage stage = stage(aliceAndBob()
                .person("generate: {count: 900, prefix: guest}")
                .chat("title: Meetup, username: meetup, owner: alice, members: ['guest*']")
                .flood("on: channels.getParticipants, calls: 3, per: 1h, pause: 10m"))) {
            long chat = stage.found("meetup");
            for (int page = 0; page < 3; page++) {
                assertThat(ok(stage.alice().members(chat, "", 200 * page, 200)).listed())
                        .isEqualTo(200);
            }
            TelegramError.Wait wait = refused(stage.alice().members(chat, "", 600, 200), TelegramError.Wait.class);
            assertThat(wait.time()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        }
    }
}
