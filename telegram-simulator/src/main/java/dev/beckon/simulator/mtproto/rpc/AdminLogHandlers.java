package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.world.Caller;
import dev.beckon.simulator.world.Chat;
import dev.beckon.simulator.world.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A chat's administrator log (core.telegram.org/api/recent-actions). */
final class AdminLogHandlers {
    private static final int PAGE = 100;

    Map<String, Handler> methods() {
        return Map.of("channels.getAdminLog", AdminLogHandlers::getAdminLog);
    }

    private static TlObject getAdminLog(Call call) {
        Caller caller = call.caller();
        long chatId = Peers.channel(call.query().object("channel"), caller);
        List<LogEntry> entries = wanted(call, caller, chatId);
        Chat chat = call.world().chats().peek(caller, chatId);
        Cast cast = new Cast(call.world(), caller).chat(chat).person(chat.creatorId());
        List<TlObject> events = entries.stream()
                .map(entry -> {
                    cast.person(entry.byId()).person(entry.personId());
                    return event(entry, chat, caller.userId());
                })
                .toList();
        return cast.into(TlObject.of("channels.adminLogResults").set("events", events));
    }

    /** Entries that the filter lets through, below {@code max_id}, until the page is full or the log ends. */
    private static List<LogEntry> wanted(Call call, Caller caller, long chatId) {
        TlObject query = call.query();
        List<Long> administrators = query.has("admins")
                ? query.objects("admins").stream()
                        .map(user -> Peers.user(user, caller))
                        .toList()
                : List.of();
        int limit = Math.clamp(query.integer("limit"), 1, PAGE);
        long before = query.longInteger("max_id");
        List<LogEntry> wanted = new ArrayList<>();
        while (true) {
            List<LogEntry> page = call.world().chats().adminLog(caller, chatId, before, PAGE);
            for (LogEntry entry : page) {
                boolean passes = entry.id() > query.longInteger("min_id")
                        && isOf(query, entry)
                        && (administrators.isEmpty() || administrators.contains(entry.byId()));
                if (passes) {
                    wanted.add(entry);
                }
                if (wanted.size() == limit) {
                    return wanted;
                }
            }
            if (page.size() < PAGE) {
                return wanted;
            }
            before = page.getLast().id();
        }
    }

    private static boolean isOf(TlObject query, LogEntry entry) {
        if (!query.has("events_filter")) {
            return true;
        }
        TlObject filter = query.object("events_filter");
        return switch (entry.what()) {
            case INVITED -> filter.flag("invite");
            case JOINED, JOINED_BY_LINK, JOINED_BY_REQUEST -> filter.flag("join");
            case LEFT -> filter.flag("leave");
            case BANNED -> filter.flag("ban") || filter.flag("kick");
            case DELETED -> filter.flag("delete");
            case EDITED -> filter.flag("edit");
        };
    }

    private static TlObject event(LogEntry entry, Chat chat, long viewerId) {
        int at = Shows.seconds(entry.at());
        TlObject action = switch (entry.what()) {
            case INVITED -> action("ParticipantInvite").set("participant", Members.plain(entry.personId(), at));
            case JOINED -> action("ParticipantJoin");
            case JOINED_BY_LINK -> action("ParticipantJoinByInvite").set("invite", link(chat));
            case JOINED_BY_REQUEST ->
                action("ParticipantJoinByRequest")
                        .set("invite", TlObject.of("chatInvitePublicJoinRequests"))
                        .set("approved_by", chat.creatorId());
            case LEFT -> action("ParticipantLeave");
            case BANNED ->
                action("ParticipantToggleBan")
                        .set("prev_participant", Members.plain(entry.personId(), at))
                        .set("new_participant", Members.banned(entry.personId(), entry.byId(), at));
            case DELETED ->
                action("DeleteMessage")
                        .set("message", Posts.post(entry.change().orElseThrow().before(), chat, viewerId));
            case EDITED -> {
                LogEntry.Change change = entry.change().orElseThrow();
                yield action("EditMessage")
                        .set("prev_message", Posts.post(change.before(), chat, viewerId))
                        .set("new_message", Posts.post(change.after().orElseThrow(), chat, viewerId));
            }
        };
        return TlObject.of("channelAdminLogEvent")
                .set("id", entry.id())
                .set("date", at)
                .set("user_id", entry.byId())
                .set("action", action);
    }

    private static TlObject action(String name) {
        return TlObject.of("channelAdminLogEventAction" + name);
    }

    /** Shortened, as Telegram shows the links of others. */
    private static TlObject link(Chat chat) {
        return TlObject.of("chatInviteExported")
                .set("link", "https://t.me/+...")
                .set("admin_id", chat.creatorId())
                .set("date", Shows.seconds(chat.created()));
    }
}
