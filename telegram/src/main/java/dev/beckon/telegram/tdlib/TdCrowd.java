package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.AuthorPage;
import dev.beckon.telegram.MemberPage;
import dev.beckon.telegram.PersonFacts;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The people of a chat, page by page: its members, and who wrote in it. */
final class TdCrowd {
    private static final long SUPERGROUPS_BELOW = -1_000_000_000_000L;
    private static final int HISTORY_PAGE = 100;

    private final TdClient client;

    TdCrowd(TdClient client) {
        this.client = client;
    }

    /** TDLib's id of the group behind a chat id. */
    static long groupId(long chatId) {
        return isSupergroup(chatId) ? SUPERGROUPS_BELOW - chatId : -chatId;
    }

    static boolean isSupergroup(long chatId) {
        return chatId < SUPERGROUPS_BELOW;
    }

    Answer<MemberPage> members(long chatId, String query, int offset, int limit) {
        return listening(() -> page(chatId, query, offset, limit));
    }

    /** Most people of a page are announced with it; the others are asked for. */
    private <T> Answer<T> listening(Supplier<Answer<T>> call) {
        client.announced().listen();
        try {
            return call.get();
        } finally {
            client.announced().stop();
        }
    }

    private Answer<MemberPage> page(long chatId, String query, int offset, int limit) {
        return isSupergroup(chatId)
                ? requireListShown(chatId)
                        .then(_ -> client.read(supergroupMembers(chatId, query, offset, limit), Subject.CHAT))
                        .then(this::page)
                : client.read(Td.object("getBasicGroupFullInfo").put("basic_group_id", groupId(chatId)), Subject.CHAT)
                        .then(full -> basicPage(full.path("members"), query, offset, limit));
    }

    /**
     * Of a hidden list Telegram shows the administrators, as if they were all: that must not pass for the members. TDLib
     * keeps the answer for 60 s, so that most pages ask nothing more.
     */
    private Answer<ObjectNode> requireListShown(long chatId) {
        return client.read(Td.object("getSupergroupFullInfo").put("supergroup_id", groupId(chatId)), Subject.CHAT)
                .then(full -> full.path("can_get_members").asBoolean()
                        ? Answer.ok(full)
                        : Answer.refused(new TelegramError.CampaignFault("Member list is inaccessible")));
    }

    private static ObjectNode supergroupMembers(long chatId, String query, int offset, int limit) {
        ObjectNode request = Td.object("getSupergroupMembers")
                .put("supergroup_id", groupId(chatId))
                .put("offset", offset)
                .put("limit", limit);
        request.set(
                "filter",
                query.isEmpty()
                        ? Td.object("supergroupMembersFilterRecent")
                        : Td.object("supergroupMembersFilterSearch").put("query", query));
        return request;
    }

    private Answer<MemberPage> page(ObjectNode found) {
        JsonNode members = found.path("members");
        return people(members)
                .map(people -> new MemberPage(people, found.path("total_count").asInt(), members.size()));
    }

    /** A basic group's list comes whole, 200 at most: the pages are cut here. */
    private Answer<MemberPage> basicPage(JsonNode members, String query, int offset, int limit) {
        return people(members).map(all -> {
            List<PersonFacts> found =
                    all.stream().filter(person -> matches(person, query)).toList();
            int from = Math.clamp(offset, 0, found.size());
            List<PersonFacts> page = found.subList(from, Math.min(found.size(), from + limit));
            return new MemberPage(page, found.size(), page.size());
        });
    }

    /** As Telegram matches the search of a supergroup: a word of the name, or the username, begins so. */
    private static boolean matches(PersonFacts person, String query) {
        String wanted = query.toLowerCase(Locale.ROOT);
        String words = person.user().firstName() + " " + person.lastName() + " "
                + person.user().username().orElse("");
        return (" " + words.toLowerCase(Locale.ROOT)).contains(" " + wanted);
    }

    private Answer<List<PersonFacts>> people(JsonNode members) {
        List<Long> ids = new ArrayList<>(members.size());
        for (JsonNode member : members) {
            JsonNode id = member.path("member_id").path("user_id");
            if (!id.isMissingNode()) {
                ids.add(id.asLong());
            }
        }
        return people(ids).map(known -> ids.stream().map(known::get).toList());
    }

    /** Without a request to Telegram: whoever a page mentions came with it. */
    private Answer<Map<Long, PersonFacts>> people(List<Long> ids) {
        Map<Long, PersonFacts> known = new HashMap<>();
        ids.forEach(id -> client.announced().of(id).ifPresent(person -> known.put(id, person)));
        List<Long> unknown =
                ids.stream().distinct().filter(id -> !known.containsKey(id)).toList();
        List<ObjectNode> requests = unknown.stream()
                .map(id -> Td.object("getUser").put("user_id", id))
                .toList();
        for (Answer<ObjectNode> answer : client.readAll(requests, Subject.PERSON)) {
            switch (answer) {
                case Answer.Ok<ObjectNode>(ObjectNode user) ->
                    known.put(user.path("id").asLong(), TdPeople.facts(user));
                case Answer.Refused<ObjectNode> refused -> {
                    return refused.as();
                }
            }
        }
        return Answer.ok(known);
    }

    Answer<AuthorPage> authors(long chatId, long before, Instant since) {
        return listening(() -> history(chatId, before, since));
    }

    private Answer<AuthorPage> history(long chatId, long before, Instant since) {
        return client.read(
                        Td.object("getChatHistory")
                                .put("chat_id", chatId)
                                .put("from_message_id", before)
                                .put("offset", 0)
                                .put("limit", HISTORY_PAGE)
                                .put("only_local", false),
                        Subject.CHAT)
                .then(history -> authors(history.path("messages"), since));
    }

    /** TDLib may give one message first and the rest when asked again: only an empty page is the history's end. */
    private Answer<AuthorPage> authors(JsonNode messages, Instant since) {
        List<JsonNode> young = new ArrayList<>();
        OptionalLong next = OptionalLong.empty();
        for (JsonNode message : messages) {
            if (message.path("date").asLong() < since.getEpochSecond()) {
                next = OptionalLong.empty();
                break;
            }
            young.add(message);
            next = OptionalLong.of(message.path("id").asLong());
        }
        OptionalLong goesOn = next;
        List<JsonNode> written = young.stream().filter(TdCrowd::isWritten).toList();
        return people(written.stream().map(TdCrowd::writer).toList())
                .map(known -> new AuthorPage(
                        young.size(),
                        written.stream()
                                .map(message -> new AuthorPage.Written(
                                        message.path("id").asLong(),
                                        Instant.ofEpochSecond(
                                                message.path("date").asLong()),
                                        known.get(writer(message))))
                                .toList(),
                        goesOn));
    }

    private static boolean isWritten(JsonNode message) {
        return message.path("sender_id").has("user_id") && !isTelegramsOwn(message.path("content"));
    }

    private static Long writer(JsonNode message) {
        return message.path("sender_id").path("user_id").asLong();
    }

    /** Service messages: what happened to the chat, said in the name of who did it. */
    private static boolean isTelegramsOwn(JsonNode content) {
        String type = Td.type(content);
        return type.startsWith("messageChat")
                || type.endsWith("GroupChatCreate")
                || type.equals("messageSupergroupChatCreate")
                || type.equals("messagePinMessage")
                || type.startsWith("messageVideoChat")
                || type.equals("messageInviteVideoChatParticipants");
    }
}
