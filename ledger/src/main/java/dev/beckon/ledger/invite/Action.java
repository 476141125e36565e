package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Usage;

/** What is done to a person in a chat; each once. */
public enum Action {
    /** Added to the chat. */
    Invite(Usage.Kind.Invite),
    /** A personal message, with the link or besides the invite. */
    Message(Usage.Kind.Message);

    private final Usage.Kind usage;

    Action(Usage.Kind usage) {
        this.usage = usage;
    }

    /** Which of the account's quotas it draws on. */
    public Usage.Kind usage() {
        return usage;
    }
}
