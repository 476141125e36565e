package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Action;
import dev.beckon.telegram.TelegramChat;
import dev.beckon.telegram.TelegramChat.Kind;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.message.MessageTemplate;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.Optional;

/**
 * What is done to a person, in which order: the campaign's mode, as far as the chat allows it.
 *
 * @param first the first act on a person
 * @param messageAfterInvite whether who was added gets the message too
 * @param messageAfterPrivacy whether who can't be added for their privacy settings gets the one link message
 */
record ModePlan(Action first, boolean messageAfterInvite, boolean messageAfterPrivacy) {
    /** Telegram adds nobody to a channel that has more members (core.telegram.org/method/channels.inviteToChannel). */
    static final int CHANNEL_ADD_CAP = 200;

    private static final ModePlan LINK_ONLY = new ModePlan(Action.Message, false, false);

    /**
     * The plan for a chat.
     *
     * @throws BadInput when the message that would stand in for an invitation carries no link
     */
    static ModePlan of(Mode mode, TelegramChat chat, MessageTemplate message) {
        ModePlan plan = addsNobody(chat)
                ? LINK_ONLY
                : switch (mode) {
                    case LinkOnly -> LINK_ONLY;
                    case InviteOrLink -> new ModePlan(Action.Invite, false, true);
                    // Without a link the message says nothing to someone who could not be added.
                    case InviteAndMessage -> new ModePlan(Action.Invite, true, message.hasLink());
                };
        boolean linkNeeded = plan.first == Action.Message || mode == Mode.InviteOrLink;
        if (linkNeeded && !message.hasLink()) {
            throw new BadInput("The campaign's message stands in for an invitation and has no {{link}}: add it to"
                    + " spec.message, or leave spec.message out");
        }
        return plan;
    }

    /** Whether Telegram adds people to this chat for nobody. */
    static boolean addsNobody(TelegramChat chat) {
        return chat.kind() == Kind.CHANNEL && chat.memberCount() > CHANNEL_ADD_CAP;
    }

    boolean invites() {
        return first == Action.Invite;
    }

    /** Whether any message of the plan may carry a link, so that one must exist. */
    boolean messages() {
        return first == Action.Message || messageAfterInvite || messageAfterPrivacy;
    }

    /**
     * What is due for a person with a history: the plan of their earlier attempt may have been another one.
     *
     * @param due what the ledger says is due
     */
    Action next(Optional<Action> due) {
        // A person whose invite is due in a chat that adds nobody any more gets the link instead.
        return due.filter(action -> action == Action.Message || invites()).orElse(first);
    }
}
