package dev.beckon.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.telegram.TelegramError.Wait.Scope;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelegramErrorsTest {

    @ParameterizedTest(name = "{1} of {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | PEER_FLOOD                                    | MEMBER | Limited
            400 | PEER_FLOOD                                    | PERSON | Limited
            400 | RANDOM_ID_DUPLICATE                           | PERSON | Unanswered
            500 | RANDOM_ID_DUPLICATE                           | CHAT   | Unanswered
            420 | FROZEN_METHOD_INVALID                         | MEMBER | Limited
            400 | FROZEN_PARTICIPANT_MISSING                    | MEMBER | Limited
            403 | USER_RESTRICTED                               | CHAT   | Limited
            200 | failedToAddMembers                            | MEMBER | PrivacyRestricted
            403 | USER_PRIVACY_RESTRICTED                       | MEMBER | PrivacyRestricted
            400 | USER_PRIVACY_RESTRICTED                       | PERSON | PrivacyRestricted
            406 | PRIVACY_PREMIUM_REQUIRED                      | PERSON | PrivacyRestricted
            403 | ALLOW_PAYMENT_REQUIRED_100                    | PERSON | PrivacyRestricted
            403 | USER_NOT_MUTUAL_CONTACT                       | MEMBER | LeftBefore
            400 | USER_NOT_MUTUAL_CONTACT                       | MEMBER | LeftBefore
            400 | USER_KICKED                                   | MEMBER | PersonRefused
            400 | USER_BLOCKED                                  | MEMBER | PersonRefused
            403 | USER_IS_BLOCKED                               | PERSON | PersonRefused
            400 | YOU_BLOCKED_USER                              | PERSON | PersonRefused
            400 | USER_BANNED_IN_CHANNEL                        | MEMBER | Limited
            400 | USER_BANNED_IN_CHANNEL                        | CHAT   | CampaignFault
            400 | User was kicked from the chat                 | MEMBER | PersonRefused
            403 | USER_CHANNELS_TOO_MUCH                        | MEMBER | Unreachable
            400 | INPUT_USER_DEACTIVATED                        | MEMBER | Unreachable
            400 | USER_DEACTIVATED                              | MEMBER | Unreachable
            401 | USER_DEACTIVATED                              | MEMBER | SessionLost
            401 | USER_DEACTIVATED                              | LOGIN  | SessionLost
            400 | USER_BOT                                      | MEMBER | Unreachable
            400 | Bots can't be invited to channel chats. Add them as administrators instead | MEMBER | Unreachable
            400 | User not found                                | PERSON | NotFound
            404 | Not Found                                     | PERSON | NotFound
            400 | PHONE_NOT_OCCUPIED                            | PERSON | NotFound
            400 | PHONE_NUMBER_INVALID                          | IMPORT | NotFound
            400 | USERNAME_NOT_OCCUPIED                         | PERSON | NotFound
            400 | USERNAME_INVALID                              | PERSON | NotFound
            400 | USER_ID_INVALID                               | MEMBER | NotFound
            400 | USER_ALREADY_PARTICIPANT                      | MEMBER | AlreadyMember
            400 | User is already a participant of the chat     | MEMBER | AlreadyMember
            400 | CHAT_ADMIN_REQUIRED                           | CHAT   | CampaignFault
            403 | CHAT_ADMIN_REQUIRED                           | MEMBER | CampaignFault
            403 | CHAT_WRITE_FORBIDDEN                          | MEMBER | CampaignFault
            400 | USERS_TOO_MUCH                                | MEMBER | CampaignFault
            400 | CHANNELS_TOO_MUCH                             | CHAT   | CampaignFault
            400 | CHANNEL_PRIVATE                               | CHAT   | CampaignFault
            400 | CHANNEL_INVALID                               | CHAT   | CampaignFault
            400 | USERNAME_INVALID                              | CHAT   | CampaignFault
            400 | USERNAME_NOT_OCCUPIED                         | CHAT   | CampaignFault
            400 | INVITE_HASH_EXPIRED                           | CHAT   | CampaignFault
            400 | INVITE_HASH_INVALID                           | CHAT   | CampaignFault
            400 | Chat not found                                | CHAT   | CampaignFault
            400 | Not enough rights to invite members to the supergroup chat | MEMBER | CampaignFault
            400 | Not enough rights to manage chat invite link  | CHAT   | CampaignFault
            400 | Have no write access to the chat              | PERSON | CampaignFault
            400 | MESSAGE_TOO_LONG                              | PERSON | CampaignFault
            400 | PHONE_CODE_INVALID                            | LOGIN  | LoginRefused
            400 | PHONE_CODE_EXPIRED                            | LOGIN  | LoginRefused
            400 | PHONE_NUMBER_INVALID                          | LOGIN  | LoginRefused
            406 | PHONE_NUMBER_INVALID                          | LOGIN  | LoginRefused
            400 | PHONE_NUMBER_UNOCCUPIED                       | LOGIN  | LoginRefused
            400 | PASSWORD_HASH_INVALID                         | LOGIN  | LoginRefused
            400 | ACCESS_TOKEN_INVALID                          | LOGIN  | LoginRefused
            400 | Call to checkAuthenticationCode unexpected    | LOGIN  | LoginRefused
            401 | AUTH_KEY_UNREGISTERED                         | MEMBER | SessionLost
            401 | SESSION_REVOKED                               | PERSON | SessionLost
            401 | SESSION_EXPIRED                               | CHAT   | SessionLost
            406 | AUTH_KEY_DUPLICATED                           | MEMBER | SessionLost
            401 | Unauthorized                                  | MEMBER | SessionLost
            401 | USER_DEACTIVATED_BAN                          | MEMBER | Banned
            400 | PHONE_NUMBER_BANNED                           | LOGIN  | Banned
            500 | Request aborted                               | MEMBER | Unanswered
            500 | INTERNAL_SERVER_ERROR                         | MEMBER | Unanswered
            502 | Bad Gateway                                   | MEMBER | Unanswered
            -503 | Timeout                                      | MEMBER | Unanswered
            400 | SOMETHING_NEW                                 | MEMBER | Unknown
            404 | Not Found                                     | CHAT   | Unknown
            """)
    void eachTextHasItsMeaning(int code, String text, Subject subject, String meaning) {
        TelegramError error = TelegramErrors.map(code, text, subject);
        assertThat(error.getClass().getSimpleName()).isEqualTo(meaning);
        assertThat(error.raw()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            420 | FLOOD_WAIT_120                         | 120   | ACCOUNT
            429 | Too Many Requests: retry after 86400   | 86400 | ACCOUNT
            420 | FLOOD_PREMIUM_WAIT_7                   | 7     | ACCOUNT
            400 | SLOWMODE_WAIT_100                      | 100   | CHAT
            420 | SLOWMODE_WAIT_100                      | 100   | CHAT
            429 | Too Many Requests                      | 60    | ACCOUNT
            420 | FLOOD_WAIT_999999999999999999          | 31536000 | ACCOUNT
            """)
    void waitsCarryTheirTime(int code, String text, long seconds, Scope scope) {
        assertThat(TelegramErrors.map(code, text, Subject.MEMBER))
                .isEqualTo(new TelegramError.Wait(text, Duration.ofSeconds(seconds), scope));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | Too Many Requests: retry after 33  | true
            429 | Too Many Requests: retry after 65  | true
            429 | Too Many Requests                  | true
            429 | Too Many Requests: retry after 121 | false
            420 | FLOOD_WAIT_30                      | false
            420 | SLOWMODE_WAIT_30                   | false
            """)
    void aShortWaitInTdlibsWordsMayHideServerErrors(int code, String text, boolean hides) {
        assertThat(TelegramErrors.map(code, text, Subject.MEMBER))
                .isInstanceOfSatisfying(
                        TelegramError.Wait.class,
                        wait -> assertThat(wait.mayHideServerErrors()).isEqualTo(hides));
    }

    @ParameterizedTest
    @CsvSource({"IMPORT,true", "MEMBER,false", "PERSON,false"})
    void retryContactsMeansLaterOnlyOfAnImport(Subject subject, boolean later) {
        TelegramError error = TelegramErrors.map(429, "Too Many Requests: retry after 3600", subject);
        assertThat(error instanceof TelegramError.Later).isEqualTo(later);
    }

    @ParameterizedTest
    @CsvSource({"400,PEER_FLOOD", "403,PEER_FLOOD", "420,PEER_FLOOD", "406,PEER_FLOOD"})
    void theCodeDoesNotDecide(int code, String text) {
        assertThat(TelegramErrors.map(code, text, Subject.MEMBER)).isInstanceOf(TelegramError.Limited.class);
    }

    @ParameterizedTest
    @CsvSource({"[400] USER_PRIVACY_RESTRICTED", "RPC error: USER_PRIVACY_RESTRICTED (caused by x)"})
    void aTextWrappedByAnotherLayerIsStillKnown(String text) {
        assertThat(TelegramErrors.map(400, text, Subject.MEMBER)).isEqualTo(new TelegramError.PrivacyRestricted(text));
    }

    @Property
    void anyTextMapsAndKeepsItsWords(@ForAll int code, @ForAll String text, @ForAll Subject subject) {
        assertThat(TelegramErrors.map(code, text, subject).raw()).isEqualTo(text.strip());
    }

    @Property
    void anyWaitIsReadBack(@ForAll @LongRange(min = 0, max = 31_536_000) long seconds, @ForAll Subject subject) {
        TelegramError error = TelegramErrors.map(420, "FLOOD_WAIT_" + seconds, subject);
        assertThat(error)
                .isInstanceOfSatisfying(
                        TelegramError.Wait.class,
                        wait -> assertThat(wait.time()).isEqualTo(Duration.ofSeconds(seconds)));
    }
}
