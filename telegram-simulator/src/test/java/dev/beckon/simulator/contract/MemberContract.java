package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static dev.beckon.simulator.contract.WorldText.meetup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Chat.Standing;
import dev.beckon.simulator.world.Contact;
import dev.beckon.telegram.TelegramError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adding a person to a chat. */
public interface MemberContract extends Contract {

    @Test
    default void anAddedPersonIsAMemberInvitedByUs() {
        try (Stage stage = stage(meetup())) {
            ok(stage.aliceAdds("bobby"));
            assertThat(stage.member("Meetup", "bobby").inviterId()).isEqualTo(stage.id("alice"));
            List<Contact> contacts = stage.world().truth().contacts();
            assertThat(contacts).singleElement().satisfies(contact -> {
                assertThat(contact.personId()).isEqualTo(stage.id("bobby"));
                assertThat(contact.how()).isEqualTo(Contact.How.INVITE);
                assertThat(contact.delivered()).isTrue();
            });
        }
    }

    @Test
    default void aPersonKnownByPhoneCanBeAdded() {
        try (Stage stage = stage(meetup())) {
            long bob = ok(stage.alice().findByPhone(PeopleContract.BOB)).id();
            ok(stage.alice().addMember(stage.found("meetup"), bob));
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void aMissingInviteeIsAPrivacyRefusal() {
        try (Stage stage = stage(meetup().person("username: dora, privacy: {invites: Nobody}"))) {
            refused(stage.aliceAdds("dora"), TelegramError.PrivacyRestricted.class);
            assertThat(stage.standing("Meetup", "dora").isIn()).isFalse();
        }
    }

    @Test
    default void aPrivacyErrorIsAPrivacyRefusal() {
        try (Stage stage = stage(meetup().person("username: dora, privacy: {invites: Nobody, refusal: Error}"))) {
            TelegramError error = refused(stage.aliceAdds("dora"), TelegramError.PrivacyRestricted.class);
            assertThat(error.raw()).contains("USER_PRIVACY_RESTRICTED");
        }
    }

    @Test
    default void whoIsOpenToContactsOnlyRefusesAStranger() {
        try (Stage stage = stage(meetup().person("username: dora, privacy: {invites: Contacts}"))) {
            refused(stage.aliceAdds("dora"), TelegramError.PrivacyRestricted.class);
        }
    }

    @Test
    default void whoIsOpenToContactsIsAddedByOne() {
        try (Stage stage = stage(meetup().person("username: dora, privacy: {invites: Contacts}, contacts: [alice]"))) {
            ok(stage.aliceAdds("dora"));
            assertThat(stage.standing("Meetup", "dora")).isEqualTo(Standing.MEMBER);
        }
    }

    private static WorldText chatWith(String fields) {
        return aliceAndBob().chat("title: Meetup, username: meetup, " + fields);
    }

    @Test
    default void whoLeftBeforeIsNotAdded() {
        try (Stage stage = stage(chatWith("owner: alice, left: [bobby]"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.LeftBefore.class);
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.LEFT);
        }
    }

    @Test
    default void whoLeftAfterTheInviteIsNotAddedAgain() {
        try (Stage stage = stage(meetup().inviteFault("kind: AddedThenLeft"))) {
            ok(stage.aliceAdds("bobby"));
            refused(stage.aliceAdds("bobby"), TelegramError.LeftBefore.class);
        }
    }

    @Test
    default void whoWasRemovedIsNotAdded() {
        try (Stage stage = stage(chatWith("owner: alice, removed: [bobby]"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.PersonRefused.class);
        }
    }

    @Test
    default void whoBlockedUsIsNotAdded() {
        try (Stage stage = stage(meetup().person("username: dora, blocked: [alice]"))) {
            refused(stage.aliceAdds("dora"), TelegramError.PersonRefused.class);
        }
    }

    @Test
    default void whoIsInTooManyChatsIsUnreachable() {
        try (Stage stage = stage(meetup().person("username: dora, tooManyChats: true"))) {
            refused(stage.aliceAdds("dora"), TelegramError.Unreachable.class);
        }
    }

    @Test
    default void aDeactivatedPersonIsUnreachable() {
        try (Stage stage = stage(meetup().inviteFault("kind: Error, text: INPUT_USER_DEACTIVATED"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.Unreachable.class);
        }
    }

    @Test
    default void whoIsAMemberAlreadyIsToldAsSuch() {
        try (Stage stage = stage(chatWith("owner: alice, members: [bobby]"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.AlreadyMember.class);
        }
    }

    @Test
    default void aMemberWithoutTheRightCanNotAdd() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, owner: owner1, members: [alice], membersMayInvite: false"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aPlainMemberMayAddWhereMembersMay() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, owner: owner1, members: [alice]"))) {
            ok(stage.aliceAdds("bobby"));
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void anOutsiderCanNotAdd() {
        try (Stage stage = stage(
                aliceAndBob().person("username: owner1").chat("title: Meetup, username: meetup, owner: owner1"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aSubscriberCanNotAddToAChannel() {
        try (Stage stage = stage(aliceAndBob()
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, kind: Channel, owner: owner1, members: [alice]"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void anAdministratorAddsToASmallChannel() {
        try (Stage stage = stage(chatWith("kind: Channel, owner: alice"))) {
            ok(stage.aliceAdds("bobby"));
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void aChannelOfMoreThanTwoHundredTakesNobody() {
        try (Stage stage = stage(aliceAndBob()
                .person("generate: {count: 200, prefix: reader}")
                .chat("title: Meetup, username: meetup, kind: Channel, owner: alice, members: ['reader*']"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aFullChatTakesNobody() {
        try (Stage stage = stage(chatWith("owner: alice, memberCap: 1"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aPersonThatWasNeverMetIsNotFound() {
        try (Stage stage = stage(meetup())) {
            refused(stage.alice().addMember(stage.found("meetup"), 424_242), TelegramError.NotFound.class);
        }
    }

    @Test
    default void tooManyStrangersMakeTheAccountLimited() {
        try (Stage stage = stage(new WorldText()
                .person("username: alice, phone: '+491700000001', peerFloodAfter: 1")
                .person("username: bobby")
                .person("username: carla")
                .chat("title: Meetup, username: meetup, owner: alice"))) {
            ok(stage.aliceAdds("bobby"));
            refused(stage.aliceAdds("carla"), TelegramError.Limited.class);
            refused(stage.aliceAdds("carla"), TelegramError.Limited.class);
            assertThat(stage.standing("Meetup", "carla").isIn()).isFalse();
        }
    }

    @Test
    default void aLongFloodWaitIsToldWithItsTime() {
        try (Stage stage = stage(meetup().person("username: carla")
                .flood("on: channels.inviteToChannel, calls: 1, per: 1h, pause: 2h"))) {
            ok(stage.aliceAdds("bobby"));
            TelegramError.Wait wait = refused(stage.aliceAdds("carla"), TelegramError.Wait.class);
            assertThat(wait.time()).isEqualTo(Duration.ofHours(2));
            assertThat(wait.scope()).isEqualTo(TelegramError.Wait.Scope.ACCOUNT);
            assertThat(stage.standing("Meetup", "carla").isIn()).isFalse();
        }
    }

    @Test
    default void aFloodWaitThatIsOverIsForgotten() {
        try (Stage stage = stage(meetup().person("username: carla")
                .flood("on: channels.inviteToChannel, calls: 1, per: 1h, pause: 2h"))) {
            ok(stage.aliceAdds("bobby"));
            refused(stage.aliceAdds("carla"), TelegramError.Wait.class);
            stage.world().advanceClock(Duration.ofHours(2));
            ok(stage.aliceAdds("carla"));
        }
    }

    @Test
    default void aShortFloodWaitIsWaitedOutUnseen() {
        try (Stage stage = stage(meetup().inviteFault("kind: Error, text: FLOOD_WAIT_1"))) {
            ok(stage.aliceAdds("bobby"));
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void aLostAnswerIsUnansweredThoughThePersonWasAdded() {
        try (Stage stage = stage(meetup().inviteFault("kind: AnswerLost"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.Unanswered.class);
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
            assertThat(stage.world().truth().contacts()).hasSize(1);
        }
    }

    @Test
    default void aLostRequestIsUnansweredAndNobodyWasAdded() {
        try (Stage stage = stage(meetup().inviteFault("kind: RequestLost"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.Unanswered.class);
            assertThat(stage.standing("Meetup", "bobby").isIn()).isFalse();
        }
    }

    @Test
    default void aLateEffectComesAfterTheCallWasGivenUp() {
        try (Stage stage = stage(meetup().inviteFault("kind: Late, delay: 2m"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.Unanswered.class);
            assertThat(stage.standing("Meetup", "bobby").isIn()).isFalse();
            stage.world().advanceClock(Duration.ofMinutes(3));
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void aDroppedConnectionIsNotNoticed() {
        try (Stage stage = stage(meetup().inviteFault("kind: ConnectionDropped"))) {
            ok(stage.aliceAdds("bobby"));
            assertThat(stage.world().truth().contacts()).hasSize(1);
        }
    }

    @Test
    default void whoWasAddedBeforeTheConnectionDroppedIsAMemberAlreadyWhenTheCallIsSentAgain() {
        try (Stage stage = stage(meetup().inviteFault("kind: DoneThenConnectionDropped"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.AlreadyMember.class);
            assertThat(stage.member("Meetup", "bobby").inviterId())
                    .isEqualTo(stage.alice().self().id());
        }
    }

    @Test
    default void oneServerErrorIsRepeatedUnseen() {
        try (Stage stage = stage(meetup().inviteFault("kind: ServerError"))) {
            ok(stage.aliceAdds("bobby"));
            assertThat(stage.world().truth().contacts())
                    .filteredOn(Contact::delivered)
                    .hasSize(1);
        }
    }

    @Test
    default void whoJoinedAloneMeanwhileIsAMemberAlready() {
        try (Stage stage = stage(meetup().inviteFault("kind: JoinedAlone"))) {
            refused(stage.aliceAdds("bobby"), TelegramError.AlreadyMember.class);
            assertThat(stage.member("Meetup", "bobby").inviterId()).isZero();
        }
    }

    @Test
    default void anUnknownRefusalKeepsItsText() {
        try (Stage stage = stage(meetup().inviteFault("kind: Error, text: SOMETHING_NEW"))) {
            assertThat(refused(stage.aliceAdds("bobby"))).isEqualTo(new TelegramError.Unknown("SOMETHING_NEW"));
        }
    }

    @Test
    default void aBotCanNotAddAnyone() {
        try (Stage stage = stage(aliceAndBob()
                .person(LoginContract.BOT)
                .chat("title: Meetup, username: meetup, owner: alice, admins: [helper_bot]"))) {
            var bot = stage.as("helper_bot");
            long chat = ok(bot.findChat(new dev.beckon.telegram.ChatTarget.Username("meetup")))
                    .id();
            long bob = ok(bot.findByUsername("bobby")).id();
            refused(bot.addMember(chat, bob), TelegramError.CampaignFault.class);
            assertThat(stage.standing("Meetup", "bobby").isIn()).isFalse();
        }
    }
}
