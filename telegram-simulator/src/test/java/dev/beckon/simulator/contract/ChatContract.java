package dev.beckon.simulator.contract;

import static dev.beckon.simulator.contract.Stage.ok;
import static dev.beckon.simulator.contract.Stage.refused;
import static dev.beckon.simulator.contract.WorldText.aliceAndBob;
import static dev.beckon.simulator.contract.WorldText.meetup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Chat.Standing;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.telegram.JoinResult;
import dev.beckon.telegram.Membership;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramSession;
import org.junit.jupiter.api.Test;

/** Finding and joining chats, and how people stand to them. */
public interface ChatContract extends Contract {
    ChatTarget MEETUP = new ChatTarget.Username("meetup");
    ChatTarget LINK = new ChatTarget.Invite("https://t.me/+abcdefghijkl");

    private static WorldText elsewhere(String fields) {
        return aliceAndBob().person("username: owner1").chat("title: Meetup, owner: owner1, " + fields);
    }

    @Test
    default void ourOwnGroupIsFoundWithItsRights() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, members: [bobby]"))) {
            TelegramChat chat = ok(stage.alice().findChat(MEETUP));
            assertThat(chat.kind()).isEqualTo(TelegramChat.Kind.SUPERGROUP);
            assertThat(chat.title()).isEqualTo("Meetup");
            assertThat(chat.username()).contains("meetup");
            assertThat(chat.memberCount()).isEqualTo(2);
            assertThat(chat.member()).isTrue();
            assertThat(chat.mayInvite()).isTrue();
            assertThat(chat.mayReadEventLog()).isTrue();
            assertThat(chat.id()).isEqualTo(-1_000_000_000_000L - stage.bareId("Meetup"));
        }
    }

    @Test
    default void aChannelIsFoundAsOne() {
        try (Stage stage = stage(aliceAndBob().chat("title: News, username: news_here, kind: Channel, owner: alice"))) {
            TelegramChat chat = ok(stage.alice().findChat(new ChatTarget.Username("news_here")));
            assertThat(chat.kind()).isEqualTo(TelegramChat.Kind.CHANNEL);
            assertThat(chat.mayInvite()).isTrue();
        }
    }

    @Test
    default void aStrangersGroupIsFoundWithoutRights() {
        try (Stage stage = stage(elsewhere("username: meetup"))) {
            TelegramChat chat = ok(stage.alice().findChat(MEETUP));
            assertThat(chat.member()).isFalse();
            assertThat(chat.mayInvite()).isFalse();
            assertThat(chat.mayReadEventLog()).isFalse();
            assertThat(stage.standing("Meetup", "alice")).isEqualTo(Standing.STRANGER);
        }
    }

    @Test
    default void aMemberWithoutTheRightMayNotInvite() {
        try (Stage stage = stage(elsewhere("username: meetup, members: [alice], membersMayInvite: false"))) {
            TelegramChat chat = ok(stage.alice().findChat(MEETUP));
            assertThat(chat.member()).isTrue();
            assertThat(chat.mayInvite()).isFalse();
        }
    }

    @Test
    default void aPublicNameThatNobodyHasIsACampaignFault() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().findChat(MEETUP), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aPersonIsNoChat() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().findChat(new ChatTarget.Username("bobby")), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aChatOfAnInviteLinkIsFoundByItsMembersOnly() {
        try (Stage stage = stage(elsewhere("members: [alice], links: [{hash: abcdefghijkl}]"))) {
            assertThat(ok(stage.alice().findChat(LINK)).title()).isEqualTo("Meetup");
            refused(stage.as("bobby").findChat(LINK), TelegramError.NotFound.class);
            assertThat(stage.standing("Meetup", "bobby")).isEqualTo(Standing.STRANGER);
        }
    }

    @Test
    default void anInviteLinkThatDoesNotExistIsACampaignFault() {
        try (Stage stage = stage(aliceAndBob())) {
            refused(stage.alice().findChat(LINK), TelegramError.CampaignFault.class);
            refused(stage.alice().joinChat(LINK), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aChatIsFoundByItsIdAlsoAfterARestart() {
        try (Stage stage = stage(meetup())) {
            long id = stage.found("meetup");
            assertThat(ok(stage.alice().findChat(new ChatTarget.Id(id))).title())
                    .isEqualTo("Meetup");
            stage.alice().close();
            TelegramSession again = stage.open("alice");
            Stage.await(again, dev.beckon.telegram.LoginState.Ready.class);
            assertThat(ok(again.findChat(new ChatTarget.Id(id))).title()).isEqualTo("Meetup");
        }
    }

    @Test
    default void anIdThatMeansNoChatIsACampaignFault() {
        try (Stage stage = stage(meetup())) {
            refused(stage.alice().findChat(new ChatTarget.Id(-1_000_000_424_242L)), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aRefreshedChatTellsTheMemberCount() {
        try (Stage stage = stage(meetup())) {
            TelegramChat chat = ok(stage.alice().refreshChat(stage.found("meetup")));
            assertThat(chat.memberCount()).isEqualTo(1);
            assertThat(chat.mayInvite()).isTrue();
        }
    }

    private static TelegramChat joined(JoinResult result) {
        assertThat(result).isInstanceOf(JoinResult.Joined.class);
        return ((JoinResult.Joined) result).chat();
    }

    @Test
    default void aPublicChatIsJoined() {
        try (Stage stage = stage(elsewhere("username: meetup"))) {
            TelegramChat chat = joined(ok(stage.alice().joinChat(MEETUP)));
            assertThat(chat.title()).isEqualTo("Meetup");
            assertThat(stage.standing("Meetup", "alice")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void aPrivateChatIsJoinedByItsLink() {
        try (Stage stage = stage(elsewhere("links: [{hash: abcdefghijkl}]"))) {
            TelegramChat chat = joined(ok(stage.alice().joinChat(LINK)));
            assertThat(chat.title()).isEqualTo("Meetup");
            assertThat(stage.standing("Meetup", "alice")).isEqualTo(Standing.MEMBER);
        }
    }

    @Test
    default void joiningWhereOneIsAlreadyIsDone() {
        try (Stage stage = stage(elsewhere("username: meetup, members: [alice], links: [{hash: abcdefghijkl}]"))) {
            assertThat(joined(ok(stage.alice().joinChat(MEETUP))).member()).isTrue();
            assertThat(joined(ok(stage.alice().joinChat(LINK))).member()).isTrue();
        }
    }

    @Test
    default void aLinkThatIsUsedUpLetsNobodyIn() {
        try (Stage stage = stage(elsewhere("links: [{hash: abcdefghijkl, limit: 1}]"))) {
            joined(ok(stage.alice().joinChat(LINK)));
            refused(stage.as("bobby").joinChat(LINK), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aLinkThatExpiredLetsNobodyIn() {
        try (Stage stage = stage(elsewhere("links: [{hash: abcdefghijkl, expires: 2026-01-02T00:00:00Z}]"))) {
            refused(stage.alice().joinChat(LINK), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void aLinkThatWantsApprovalSendsARequest() {
        try (Stage stage = stage(elsewhere("links: [{hash: abcdefghijkl, request: true}]"))) {
            assertThat(ok(stage.alice().joinChat(LINK))).isEqualTo(new JoinResult.RequestSent());
            assertThat(stage.world().chats().joinRequests(stage.bareId("Meetup")))
                    .containsExactly(stage.id("alice"));
            assertThat(stage.standing("Meetup", "alice").isIn()).isFalse();
        }
    }

    @Test
    default void aPublicChatThatWantsApprovalSendsARequest() {
        try (Stage stage = stage(elsewhere("username: meetup, joinByRequest: true"))) {
            assertThat(ok(stage.alice().joinChat(MEETUP))).isEqualTo(new JoinResult.RequestSent());
            assertThat(stage.world().chats().joinRequests(stage.bareId("Meetup")))
                    .containsExactly(stage.id("alice"));
        }
    }

    @Test
    default void anApprovedRequestMakesAMember() {
        try (Stage stage = stage(elsewhere("username: meetup, joinByRequest: true"))) {
            ok(stage.alice().joinChat(MEETUP));
            stage.world().acts().answerJoinRequest(stage.bareId("Meetup"), stage.id("alice"), true);
            assertThat(stage.standing("Meetup", "alice")).isEqualTo(Standing.MEMBER);
            assertThat(ok(stage.alice().membership(stage.found("meetup"), stage.id("alice"))))
                    .isEqualTo(Membership.MEMBER);
        }
    }

    @Test
    default void whoWasRemovedCanNotJoin() {
        try (Stage stage = stage(elsewhere("username: meetup, removed: [alice], links: [{hash: abcdefghijkl}]"))) {
            refused(stage.alice().joinChat(LINK), TelegramError.CampaignFault.class);
        }
    }

    @Test
    default void anAccountInTooManyChatsCanNotJoin() {
        try (Stage stage = stage(new WorldText()
                .person("username: alice, phone: '+491700000001', tooManyChats: true")
                .person("username: owner1")
                .chat("title: Meetup, username: meetup, owner: owner1"))) {
            refused(stage.alice().joinChat(MEETUP), TelegramError.CampaignFault.class);
        }
    }

    // ---- membership

    private static Membership ofBob(Stage stage) {
        return ok(stage.alice().membership(stage.found("meetup"), stage.met("bobby")));
    }

    @Test
    default void aMemberIsToldAsOne() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, members: [bobby]"))) {
            assertThat(ofBob(stage)).isEqualTo(Membership.MEMBER);
        }
    }

    @Test
    default void anAdministratorIsToldAsOne() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, admins: [bobby]"))) {
            assertThat(ofBob(stage)).isEqualTo(Membership.ADMINISTRATOR);
            assertThat(ok(stage.alice().membership(stage.found("meetup"), stage.id("alice"))))
                    .isEqualTo(Membership.ADMINISTRATOR);
        }
    }

    @Test
    default void aStrangerIsNotIn() {
        try (Stage stage = stage(meetup())) {
            assertThat(ofBob(stage).isIn()).isFalse();
        }
    }

    @Test
    default void whoLeftIsNotIn() {
        try (Stage stage = stage(aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, left: [bobby]"))) {
            assertThat(ofBob(stage).isIn()).isFalse();
        }
    }

    @Test
    default void whoWasRemovedIsBanned() {
        try (Stage stage =
                stage(aliceAndBob().chat("title: Meetup, username: meetup, owner: alice, removed: [bobby]"))) {
            assertThat(ofBob(stage)).isEqualTo(Membership.BANNED);
        }
    }

    @Test
    default void theMembersOfAChannelAreHiddenFromSubscribers() {
        try (Stage stage = stage(elsewhere("username: meetup, kind: Channel, members: [alice, bobby]"))) {
            refused(
                    stage.alice().membership(stage.found("meetup"), stage.met("bobby")),
                    TelegramError.CampaignFault.class);
        }
    }
}
