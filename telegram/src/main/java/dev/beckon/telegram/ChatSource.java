package dev.beckon.telegram;

/**
 * A chat as a source of people: what it is, and what the account may see of its members.
 *
 * @param administered whether the account is an administrator there, in a basic group too
 */
public record ChatSource(TelegramChat chat, boolean administered, Listing listing) {

    /** How much of the member list Telegram shows to the account; {@link TelegramChat#memberCount} tells how many there are. */
    public enum Listing {
        /** All, but never more than 10,000: Telegram ends the list there. */
        MEMBERS,
        /** A channel shows its administrators 200 members. */
        LATEST_200,
        /** None: a hidden list, or somebody else's channel. */
        NONE
    }
}
