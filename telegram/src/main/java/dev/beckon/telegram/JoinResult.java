package dev.beckon.telegram;

/** What became of a wish to join a chat. */
public sealed interface JoinResult {
    record Joined(TelegramChat chat) implements JoinResult {}

    /** An administrator has to approve it first. */
    record RequestSent() implements JoinResult {}
}
