package dev.beckon.telegram;

/** How a person stands to a chat. */
public enum Membership {
    MEMBER,
    ADMINISTRATOR,
    /** Never was there, as far as Telegram tells; also the answer for someone who left, in chats that don't tell. */
    NOT_MEMBER,
    LEFT,
    BANNED;

    public boolean isIn() {
        return this == MEMBER || this == ADMINISTRATOR;
    }
}
