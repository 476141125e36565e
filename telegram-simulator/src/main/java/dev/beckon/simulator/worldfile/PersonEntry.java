package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.beckon.simulator.world.Audience;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A person, a bot or an account of the team; or, with {@code generate}, many alike. */
@JsonClassDescription("people[]")
record PersonEntry(
        @JsonPropertyDescription("Telegram's user id. Default: the next free one from 1000001 on.")
        Optional<Long> id,

        @JsonPropertyDescription("First name. Default: the username, or `Person`.")
        Optional<String> name,

        @JsonPropertyDescription("Last name.") Optional<String> lastName,

        @JsonPropertyDescription("Username without `@`: 3 to 32 letters, digits and `_`.")
        Optional<String> username,

        @JsonPropertyDescription(
                "Phone number in E.164, such as `+491701234567`. An account that logs in by phone or QR "
                        + "code needs one.")
        Optional<String> phone,

        @JsonPropertyDescription("The second factor of the login.")
        Optional<String> password,

        @JsonPropertyDescription("The hint Telegram shows for the password.")
        Optional<String> passwordHint,

        @JsonPropertyDescription("Makes this a bot with this token.")
        Optional<String> botToken,

        @JsonPropertyDescription(
                "The data centre that keeps the account, 1 to 5: a login elsewhere is sent there (`PHONE_MIGRATE_n`). Default: "
                        + "whichever is asked.")
        Optional<Integer> dataCentre,

        @JsonPropertyDescription("Privacy settings. Default: open to everybody.")
        Optional<PrivacyEntry> privacy,

        @JsonPropertyDescription("Whom the person has among the contacts.")
        Optional<List<String>> contacts,

        @JsonPropertyDescription("Whom the person blocked.") Optional<List<String>> blocked,

        @JsonPropertyDescription("The account was deleted: `INPUT_USER_DEACTIVATED`.")
        Optional<Boolean> deleted,

        @JsonPropertyDescription("Is in too many chats to be added: `USER_CHANNELS_TOO_MUCH`.")
        Optional<Boolean> tooManyChats,

        @JsonPropertyDescription("Importing the number answers `retry_contacts`: ask again later.")
        Optional<Boolean> retryContacts,

        @JsonPropertyDescription("The account is frozen since the day before: acting answers `FROZEN_METHOD_INVALID`, "
                + "and the application's configuration says so.")
        Optional<Boolean> frozen,

        @JsonPropertyDescription("The account is banned: a login answers `PHONE_NUMBER_BANNED`.")
        Optional<Boolean> banned,

        @JsonPropertyDescription("How many strangers the account may add or write to; then `PEER_FLOOD`.")
        Optional<Integer> peerFloodAfter,

        @JsonPropertyDescription("Pays for Telegram Premium. Default: false.")
        Optional<Boolean> premium,

        @JsonPropertyDescription("When others see the person was online: `Recently` (3 days), `LastWeek`, `LastMonth` "
                + "or `LongAgo`. Default: `Recently`.")
        Optional<Seen> lastSeen,

        @JsonPropertyDescription("The same for a person who shows the exact time.")
        Optional<Instant> lastSeenAt,

        @JsonPropertyDescription("Makes many people of this entry.")
        Optional<GenerateEntry> generate) {

    /** Privacy settings. */
    @JsonClassDescription("people[].privacy")
    record PrivacyEntry(
            @JsonPropertyDescription("Who may add the person to chats: `Everybody`, `Contacts` or `Nobody`.")
            Optional<Audience> invites,

            @JsonPropertyDescription("Who finds the person by phone number.")
            Optional<Audience> phone,

            @JsonPropertyDescription("Who may write first.") Optional<Audience> messages,

            @JsonPropertyDescription(
                    "How a refused invitation shows: `MissingInvitee` (a success that names the person as "
                            + "not added, as Telegram mostly answers) or `Error` (`USER_PRIVACY_RESTRICTED`). "
                            + "Default: `MissingInvitee`.")
            Optional<Refusal> refusal) {}

    /** How a refused invitation shows. */
    enum Refusal {
        MISSING_INVITEE,
        ERROR
    }

    /** When others see that the person was online. */
    enum Seen {
        RECENTLY,
        LAST_WEEK,
        LAST_MONTH,
        LONG_AGO
    }

    /** Many people of one entry. */
    @JsonClassDescription("people[].generate")
    record GenerateEntry(
            @JsonPropertyDescription("How many people.") Optional<Integer> count,

            @JsonPropertyDescription("Usernames are this and a number from 1 on: `guest1`, `guest2`, … Refer to all of "
                    + "them as `guest*`, to some as `guest[1..500]`.")
            Optional<String> prefix,

            @JsonPropertyDescription("The phone number of the first one; the others count up. Default: no phones.")
            Optional<String> firstPhone,

            @JsonPropertyDescription(
                    "Whether they have usernames; without, they can be found by phone only, and are still "
                            + "referred to by the prefix. Default: true.")
            Optional<Boolean> usernames) {}

    @Override
    public String toString() {
        return "PersonEntry[]";
    }
}
