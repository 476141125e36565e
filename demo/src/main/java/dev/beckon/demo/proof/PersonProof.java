package dev.beckon.demo.proof;

import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.workorder.Count;

/**
 * One person of a campaign as the ledger has them, and what Telegram saw of them.
 *
 * @param line of the audience: how a person is named here
 * @param mayGetBoth whether the campaign's mode is to invite and to write
 * @param invites that put the person into the chat, in any way of ours
 * @param messages that reached the person
 */
record PersonProof(
        String campaign,
        long line,
        boolean mayGetBoth,
        OutcomeStatus ledger,
        String reason,
        long invites,
        long messages) {

    /** Whether both tell the same; nobody is contacted twice, but for an invite and a message where the mode says so. */
    boolean agrees() {
        return switch (ledger) {
            case Invited -> invites == 1 && messages <= (mayGetBoth ? 1 : 0);
            case LinkSent -> invites == 0 && messages == 1;
            case Accepted, AlreadyMember, Skipped, Failed, Deferred, Reverted -> invites == 0 && messages == 0;
            case Unknown -> invites <= 1 && messages <= 1 && (mayGetBoth || invites + messages <= 1);
        };
    }

    String ledgerSays() {
        return reason.isEmpty() ? ledger.name() : ledger + "/" + reason;
    }

    String telegramSaw() {
        if (invites == 0 && messages == 0) {
            return "–";
        }
        String invited = invites > 0 ? Count.of(invites, "invite") + " " : "";
        return (invited + (messages > 0 ? Count.of(messages, "message") : "")).strip();
    }
}
