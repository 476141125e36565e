package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static dev.beckon.simulator.contract.WorldText.meetup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Chat.Standing;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.InviteLink;
import dev.beckon.telegram.JoinResult;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What only administrators can do: links and the event log. */
public interface AdministratorContract extends Contract {

    private static InviteLink.Request link(Optional<Instant> expires, int limit, boolean request) {
        return new InviteLink.Request("campaign", expires, limit, request);
    }

    @Test
    default void aLinkLetsPeopleIn() {
        try (Stage stage = stage(meetup())) {
            InviteLink link =
                    ok(stage.alice().createInviteLink(stage.found("meetup"), link(Optional.empty(), 0, false)));
            assertThat(link.url()).startsWith("https://t.me/+");
            assertThat(link.memberLimit()).isZero();
            assertThat(ok(stage.as("bobby").joinChat(ChatTarget.parse(link.url()))))
                    .isInstanceOf(JoinResult.Joined.class);
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void aLinkKeepsItsLimitAndItsExpiry() {
        try (Stage stage = stage(meetup())) {
            Instant expires = Instant.ofEpochSecond(
                    stage.world().clock().instant().plus(Duration.ofDays(2)).getEpochSecond());
            InviteLink link =
                    ok(stage.alice().createInviteLink(stage.found("meetup"), link(Optional.of(expires), 7, false)));
            assertThat(link.memberLimit()).isEqualTo(7);
            assertThat(link.expires()).contains(expires);
            assertThat(link.joinRequest()).isFalse();
        }
    }

    @Test
    default void aLinkEndsWhenItExpires() {
        try (Stage stage = stage(meetup())) {
            Instant expires = stage.world().clock().instant().plus(Duration.ofHours(1));
            InviteLink link =
                    ok(stage.alice().createInviteLink(stage.found("meetup"), link(Optional.of(expires), 0, false)));
            stage.world().advanceClock(Duration.ofHours(2));
            refused(stage.as("bobby").joinChat(ChatTarget.parse(link.url())), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aLinkWithApprovalOnlyTakesRequests() {
        try (Stage stage = stage(meetup())) {
            InviteLink link =
                    ok(stage.alice().createInviteLink(stage.found("meetup"), link(Optional.empty(), 0, true)));
            assertThat(link.joinRequest()).isTrue();
            assertThat(ok(stage.as("bobby").joinChat(ChatTarget.parse(link.url()))))
                    .isEqualTo(new JoinResult.RequestSent());
        }
    }

    @Test
    default void aMemberMakesNoLinks() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, owner: owner1, members: [alice]"))) {
            refused(
                    stage.alice().createInviteLink(stage.found("meetup"), link(Optional.empty(), 0, false)),
                    TelegramError.CampaignFault.class);
        }
    }

    // ---- event log

    private static EventLog log(Stage stage, Duration back) {
        Instant since = stage.world().clock().instant().minus(back);
        return ok(stage.alice().eventLog(stage.found("meetup"), since));
    }

    @Test
    default void theEventLogShowsOurInvite() {
        try (Stage stage = stage(meetup())) {
            Instant before = stage.world().clock().instant().minusSeconds(2);
            ok(stage.aliceAdds("bobby"));
            assertThat(log(stage, Duration.ofHours(1)).events())
                    .singleElement()
                    .isInstanceOfSatisfying(Event.Invited.class, event -> {
                        assertThat(event.byUserId()).isEqualTo(stage.id("alice"));
                        assertThat(event.userId()).isEqualTo(stage.id("bobby"));
                        assertThat(event.at()).isBetween(before, before.plusSeconds(600));
                    });
        }
    }

    @Test
    default void theEventLogTellsWhoCameLeftAndWasRemovedInOrder() {
        try (Stage stage = stage(meetup().person("username: carla"))) {
            long chat = stage.bareId("Meetup");
            stage.world().acts().perform(new Act.Join(chat, stage.id("bobby")));
            stage.world().acts().perform(new Act.Leave(chat, stage.id("bobby")));
            stage.world().acts().perform(new Act.Join(chat, stage.id("carla")));
            stage.world().acts().ban(chat, stage.id("alice"), stage.id("carla"));
            List<Event> events = log(stage, Duration.ofHours(1)).events();
            assertThat(events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Joined", "Left", "Joined", "Removed");
            assertThat(events)
                    .extracting(Event::userId)
                    .containsExactly(stage.id("bobby"), stage.id("bobby"), stage.id("carla"), stage.id("carla"));
        }
    }

    @Test
    default void whoWasAddedAndLeftShowsBoth() {
        try (Stage stage = stage(meetup().inviteFault("kind: AddedThenLeft"))) {
            ok(stage.aliceAdds("bobby"));
            assertThat(log(stage, Duration.ofHours(1)).events())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Invited", "Left");
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.LEFT);
        }
    }

    @Test
    default void whoJoinedByALinkIsToldAsJoined() {
        try (Stage stage = stage(
                aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, links: [{hash: abcdefghijkl}]"))) {
            ok(stage.as("bobby").joinChat(ChatContract.LINK));
            assertThat(log(stage, Duration.ofHours(1)).events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Event.Joined.class,
                            event -> assertThat(event.userId()).isEqualTo(stage.id("bobby")));
        }
    }

    @Test
    default void theEventLogBeginsWhereItIsAsked() {
        try (Stage stage = stage(meetup().person("username: carla"))) {
            long chat = stage.bareId("Meetup");
            stage.world().acts().perform(new Act.Join(chat, stage.id("bobby")));
            stage.world().advanceClock(Duration.ofHours(3));
            stage.world().acts().perform(new Act.Join(chat, stage.id("carla")));
            assertThat(log(stage, Duration.ofHours(1)).events())
                    .extracting(Event::userId)
                    .containsExactly(stage.id("carla"));
            assertThat(log(stage, Duration.ofHours(4)).events()).hasSize(2);
        }
    }

    @Test
    default void theEventLogForgetsAfterTwoDays() {
        try (Stage stage = stage(meetup())) {
            Instant begin = stage.world().clock().instant();
            stage.world().acts().perform(new Act.Join(stage.bareId("Meetup"), stage.id("bobby")));
            stage.world().advanceClock(Duration.ofHours(49));
            EventLog log = ok(stage.alice().eventLog(stage.found("meetup"), begin.minus(Duration.ofDays(3))));
            assertThat(log.events()).isEmpty();
            assertThat(log.coversFrom()).isAfter(begin.minus(Duration.ofHours(49)));
        }
    }

    @Test
    default void aLongEventLogIsReadWhole() {
        try (Stage stage = stage(meetup().person("generate: {count: 150, prefix: guest}"))) {
            long chat = stage.bareId("Meetup");
            for (int i = 1; i <= 150; i++) {
                stage.world().acts().perform(new Act.Join(chat, stage.id("guest" + i)));
            }
            EventLog log = log(stage, Duration.ofHours(1));
            assertThat(log.events()).hasSize(150);
            assertThat(log.events().getFirst().userId()).isEqualTo(stage.id("guest1"));
            assertThat(log.events().getLast().userId()).isEqualTo(stage.id("guest150"));
        }
    }

    @Test
    default void theEventLogIsForAdministratorsOnly() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, owner: owner1, members: [alice]"))) {
            refused(
                    stage.alice()
                            .eventLog(
                                    stage.found("meetup"),
                                    stage.world().clock().instant().minusSeconds(60)),
                    TelegramError.CampaignFault.class);
        }
    }
}
