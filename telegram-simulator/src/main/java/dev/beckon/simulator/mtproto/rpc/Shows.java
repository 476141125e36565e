package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.Person;
import dev.beckon.telegram.LastSeen;
import dev.beckon.telegram.TelegramChat.Kind;
import java.time.Instant;

/** People and chats as TL. */
final class Shows {
    static final int FOREVER = Integer.MAX_VALUE;

    private Shows() {}

    static int seconds(Instant instant) {
        return (int) instant.getEpochSecond();
    }

    /** The first whole second that is not before it. */
    static int secondsUp(Instant instant) {
        return seconds(instant.plusNanos(999_999_999));
    }

    static TlObject user(Person person, long viewerId) {
        TlObject user = TlObject.of("user")
                .set("id", person.id())
                .set("access_hash", AccessHash.of(viewerId, person.id()))
                .set("self", person.self())
                .set("contact", person.contact())
                .set("mutual_contact", person.mutualContact())
                .set("deleted", person.deleted())
                .set("bot", person.bot());
        if (person.deleted()) {
            return user;
        }
        if (person.bot()) {
            user.set("bot_info_version", 1).set("bot_nochats", true);
        } else {
            user.set("status", status(person.lastSeen()));
        }
        return user.set("premium", person.premium())
                .set("first_name", person.firstName())
                .set("last_name", person.lastName().isEmpty() ? null : person.lastName())
                .set("username", person.username().orElse(null))
                .set("phone", person.phone().map(Shows::digits).orElse(null));
    }

    private static TlObject status(LastSeen lastSeen) {
        return switch (lastSeen) {
            case LastSeen.Online _ -> TlObject.of("userStatusOnline").set("expires", FOREVER);
            case LastSeen.At(Instant at) -> TlObject.of("userStatusOffline").set("was_online", seconds(at));
            case LastSeen.Recently _ -> TlObject.of("userStatusRecently");
            case LastSeen.LastWeek _ -> TlObject.of("userStatusLastWeek");
            case LastSeen.LastMonth _ -> TlObject.of("userStatusLastMonth");
            case LastSeen.Unknown _ -> TlObject.of("userStatusEmpty");
        };
    }

    private static String digits(String phone) {
        return phone.startsWith("+") ? phone.substring(1) : phone;
    }

    static TlObject chat(Chat chat, Caller viewer) {
        return chat.kind() == Kind.BASIC_GROUP ? basicGroup(chat) : channel(chat, viewer);
    }

    private static TlObject basicGroup(Chat chat) {
        if (!chat.mine().isIn()) {
            return TlObject.of("chatForbidden").set("id", chat.id()).set("title", chat.title());
        }
        return TlObject.of("chat")
                .set("id", chat.id())
                .set("creator", chat.mine() == Chat.Standing.CREATOR)
                .set("title", chat.title())
                .set("photo", TlObject.of("chatPhotoEmpty"))
                .set("participants_count", chat.memberCount())
                .set("date", seconds(chat.created()))
                // The count is good enough a version: TDLib reads the members anew when it grows.
                .set("version", chat.memberCount())
                .set("admin_rights", chat.mine().isAdministrator() ? administratorRights(chat) : null)
                .set("default_banned_rights", membersRights(chat));
    }

    private static TlObject channel(Chat chat, Caller viewer) {
        boolean broadcast = chat.kind() == Kind.CHANNEL;
        long hash = AccessHash.of(viewer.userId(), chat.id());
        boolean hidden = chat.username().isEmpty() && !chat.mine().isIn();
        if (chat.mine() == Chat.Standing.BANNED || hidden) {
            return TlObject.of("channelForbidden")
                    .set("broadcast", broadcast)
                    .set("megagroup", !broadcast)
                    .set("id", chat.id())
                    .set("access_hash", hash)
                    .set("title", chat.title());
        }
        return TlObject.of("channel")
                .set("id", chat.id())
                .set("access_hash", hash)
                .set("creator", chat.mine() == Chat.Standing.CREATOR)
                .set("left", !chat.mine().isIn())
                .set("broadcast", broadcast)
                .set("megagroup", !broadcast)
                .set("slowmode_enabled", !chat.slowMode().isZero())
                .set("join_to_send", chat.joinByRequest())
                .set("join_request", chat.joinByRequest())
                .set("title", chat.title())
                .set("username", chat.username().orElse(null))
                .set("photo", TlObject.of("chatPhotoEmpty"))
                .set("date", seconds(chat.created()))
                .set("participants_count", chat.memberCount())
                .set("admin_rights", chat.mine().isAdministrator() ? administratorRights(chat) : null)
                .set("default_banned_rights", broadcast ? null : membersRights(chat));
    }

    static TlObject administratorRights(Chat chat) {
        boolean broadcast = chat.kind() == Kind.CHANNEL;
        return TlObject.of("chatAdminRights")
                .set("change_info", true)
                .set("post_messages", broadcast)
                .set("edit_messages", broadcast)
                .set("delete_messages", true)
                .set("ban_users", true)
                .set("invite_users", true)
                .set("pin_messages", !broadcast)
                .set("manage_call", true)
                .set("other", true);
    }

    /** What plain members may not do. */
    private static TlObject membersRights(Chat chat) {
        return TlObject.of("chatBannedRights")
                .set("change_info", true)
                .set("pin_messages", true)
                .set("invite_users", !chat.membersMayInvite())
                .set("until_date", FOREVER);
    }

    static TlObject peer(Chat chat) {
        return chat.kind() == Kind.BASIC_GROUP
                ? TlObject.of("peerChat").set("chat_id", chat.id())
                : TlObject.of("peerChannel").set("channel_id", chat.id());
    }

    static TlObject peerUser(long id) {
        return TlObject.of("peerUser").set("user_id", id);
    }
}
