package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Member;

/** Members of a supergroup or channel as TL. */
final class Members {
    private Members() {}

    static TlObject participant(Member member, Chat chat, long viewerId) {
        boolean self = member.personId() == viewerId;
        int since = Shows.seconds(member.since());
        return switch (member.standing()) {
            case CREATOR ->
                TlObject.of("channelParticipantCreator")
                        .set("user_id", member.personId())
                        .set("admin_rights", Shows.administratorRights(chat));
            case ADMINISTRATOR ->
                TlObject.of("channelParticipantAdmin")
                        .set("self", self)
                        .set("user_id", member.personId())
                        .set("inviter_id", self ? inviter(member, chat) : null)
                        .set("promoted_by", chat.creatorId())
                        .set("date", since)
                        .set("admin_rights", Shows.administratorRights(chat));
            case BANNED -> banned(member, chat);
            case MEMBER, LEFT, STRANGER ->
                self
                        ? TlObject.of("channelParticipantSelf")
                                .set("user_id", member.personId())
                                .set("inviter_id", inviter(member, chat))
                                .set("date", since)
                        : plain(member.personId(), since);
        };
    }

    static TlObject plain(long personId, int since) {
        return TlObject.of("channelParticipant").set("user_id", personId).set("date", since);
    }

    private static Long inviter(Member member, Chat chat) {
        return member.inviterId() == 0 ? chat.creatorId() : member.inviterId();
    }

    private static TlObject banned(Member member, Chat chat) {
        return banned(member.personId(), chat.creatorId(), Shows.seconds(member.since()));
    }

    static TlObject banned(long personId, long byId, int at) {
        return TlObject.of("channelParticipantBanned")
                .set("left", true)
                .set("peer", Shows.peerUser(personId))
                .set("kicked_by", byId)
                .set("date", at)
                .set(
                        "banned_rights",
                        TlObject.of("chatBannedRights")
                                .set("view_messages", true)
                                .set("until_date", Shows.FOREVER));
    }
}
