package dev.beckon.demo.proof;

import dev.beckon.ledger.invite.OutcomeStatus;

/**
 * One person of a campaign as the ledger has them, and what Telegram saw of them.
 *
 * @param line of the audience: how a person is named here
 * @param invites that put the person into the chat, in any way of ours
 * @param messages that reached the person
 */
record PersonProof(String campaign, long line, OutcomeStatus ledger, String reason, long invites, long messages) {

    /** Whether both tell the same; nobody is ever contacted twice by the same means. */
    boolean agrees() {
        return switch (ledger) {
            case Invited -> invites == 1 && messages <= 1;
            case LinkSent -> invites == 0 && messages == 1;
            case AlreadyMember, Skipped, Failed, Deferred, Reverted -> invites == 0 && messages == 0;
            case Unknown -> invites <= 1 && messages <= 1;
        };
    }

    String ledgerSays() {
        return reason.isEmpty() ? ledger.name() : ledger + "/" + reason;
    }

    String telegramSaw() {
        if (invites == 0 && messages == 0) {
            return "–";
        }
        return (invites > 0 ? invites + " invite " : "") + (messages > 0 ? messages + " message" : "");
    }
}
