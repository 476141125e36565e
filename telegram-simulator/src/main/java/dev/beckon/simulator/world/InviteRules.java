package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;

/**
 * Whether an account may add a person to a chat; the order of the refusals is Telegram's as far as it shows.
 *
 * @see <a href="https://core.telegram.org/method/channels.inviteToChannel">channels.inviteToChannel</a>
 */
record InviteRules(PersonState inviter, ChatState chat) {

    void requireRights() {
        if (inviter.profile.bot()) {
            throw new RpcError(400, "BOT_METHOD_INVALID");
        }
        if (!chat.mayInvite(inviter.profile.id())) {
            boolean member = chat.standing(inviter.profile.id()).isIn();
            throw member && chat.profile.kind() != TelegramChat.Kind.CHANNEL
                    ? new RpcError(403, "CHAT_WRITE_FORBIDDEN")
                    : new RpcError(400, "CHAT_ADMIN_REQUIRED");
        }
    }

    void requireRoom(int people) {
        int members = chat.members.size();
        if (members + people > chat.profile.memberCap() || members > chat.profile.addCap()) {
            throw new RpcError(400, "USERS_TOO_MUCH");
        }
    }

    void requireAddable(PersonState person) {
        long id = person.profile.id();
        if (person.profile.deleted()) {
            throw new RpcError(400, "INPUT_USER_DEACTIVATED");
        }
        if (person.profile.bot()) {
            throw new RpcError(400, "USER_BOT");
        }
        switch (chat.standing(id)) {
            case MEMBER, ADMINISTRATOR, CREATOR -> throw new RpcError(400, "USER_ALREADY_PARTICIPANT");
            case BANNED -> throw new RpcError(400, "USER_KICKED");
            case LEFT -> {
                if (!mutual(person)) {
                    throw new RpcError(403, "USER_NOT_MUTUAL_CONTACT");
                }
            }
            case STRANGER -> {
                // The person's own settings decide, below.
            }
        }
        if (person.blocked.contains(inviter.profile.id())) {
            throw new RpcError(400, "USER_BLOCKED");
        }
        if (person.profile.tooManyChats()) {
            throw new RpcError(403, "USER_CHANNELS_TOO_MUCH");
        }
        if (refuses(person) && person.profile.privacy().refusedByError()) {
            throw new RpcError(403, "USER_PRIVACY_RESTRICTED");
        }
    }

    /** PEER_FLOOD once the account has reached as many strangers as its profile allows. */
    void requireNoPeerFlood() {
        PeerFlood.require(inviter);
    }

    boolean refusesSilently(PersonState person) {
        return refuses(person) && !person.profile.privacy().refusedByError();
    }

    private boolean refuses(PersonState person) {
        return !person.opensTo(person.profile.privacy().invites(), inviter.profile.id());
    }

    private boolean mutual(PersonState person) {
        return person.contacts.contains(inviter.profile.id()) && inviter.contacts.contains(person.profile.id());
    }
}
