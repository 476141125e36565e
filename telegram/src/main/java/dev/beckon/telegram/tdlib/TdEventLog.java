package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.FormerPosts;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a chat's administrator log, newest page first, as far back as asked for. */
final class TdEventLog {
    /** How long Telegram keeps it (core.telegram.org/api/recent-actions). */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final List<String> OF_MEMBERS =
            List.of("member_joins", "member_leaves", "member_invites", "member_restrictions");
    private static final List<String> OF_POSTS = List.of("message_deletions", "message_edits");

    /** Telegram's number for the log's newest end. */
    private static final long NEWEST = 0;

    private static final int PAGE = 100;
    /** 20,000 events; a busier chat's log begins later than asked for, says so, and tells where the rest is. */
    private static final int MOST_PAGES = 200;

    private final TdClient client;
    private final InstantSource clock;

    TdEventLog(TdClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What the log tells, each entry as whoever asked wants it. */
    private record Part<T>(Instant coversFrom, List<T> oldestFirst, Optional<Long> rest) {
        static <T> Part<T> last(Instant coversFrom, List<T> newestFirst) {
            return new Part<>(coversFrom, List.copyOf(newestFirst.reversed()), Optional.empty());
        }
    }

    /** What an entry means to whoever asks; empty when nothing. */
    @FunctionalInterface
    private interface Meaning<T> {
        Optional<T> of(JsonNode event, Instant at);
    }

    Answer<EventLog> read(long chatId, Instant since) {
        return older(chatId, since, NEWEST);
    }

    Answer<EventLog> older(long chatId, Instant since, long rest) {
        return part(chatId, since, rest, OF_MEMBERS, TdEventLog::event)
                .map(part -> new EventLog(part.coversFrom(), part.oldestFirst(), part.rest()));
    }

    Answer<FormerPosts> formerPosts(long chatId, Instant since) {
        return part(chatId, since, NEWEST, OF_POSTS, (event, _) -> former(event.path("action")))
                .map(part -> new FormerPosts(part.coversFrom(), part.oldestFirst()));
    }

    private <T> Answer<Part<T>> part(long chatId, Instant since, long from, List<String> filters, Meaning<T> meaning) {
        Instant kept = clock.instant().minus(KEPT);
        Instant coversFrom = since.isBefore(kept) ? kept : since;
        List<T> newestFirst = new ArrayList<>();
        Instant oldest = clock.instant();
        long before = from;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode events;
            switch (client.read(request(chatId, before, filters), Subject.CHAT)) {
                case Answer.Ok<ObjectNode>(ObjectNode found) -> events = found.path("events");
                case Answer.Refused<ObjectNode> refused -> {
                    return refused.as();
                }
            }
            for (JsonNode event : events) {
                Instant at = Instant.ofEpochSecond(event.path("date").asLong());
                // Telegram's times are whole seconds: an event within the second of "since" counts.
                if (at.getEpochSecond() < coversFrom.getEpochSecond()) {
                    return Answer.ok(Part.last(coversFrom, newestFirst));
                }
                oldest = at;
                meaning.of(event, at).ifPresent(newestFirst::add);
                before = event.path("id").asLong();
            }
            if (events.isEmpty()) {
                return Answer.ok(Part.last(coversFrom, newestFirst));
            }
        }
        // The bound was reached: an event of the same second as the last one may be missing.
        return Answer.ok(new Part<>(oldest.plusSeconds(1), List.copyOf(newestFirst.reversed()), Optional.of(before)));
    }

    private static ObjectNode request(long chatId, long before, List<String> filters) {
        ObjectNode request = Td.object("getChatEventLog")
                .put("chat_id", chatId)
                .put("query", "")
                .put("from_event_id", before)
                .put("limit", PAGE);
        ObjectNode wanted = Td.object("chatEventLogFilters");
        filters.forEach(filter -> wanted.put(filter, true));
        request.set("filters", wanted);
        request.set("user_ids", Td.array());
        return request;
    }

    private static Optional<ChatPost> former(JsonNode action) {
        return switch (Td.type(action)) {
            case "chatEventMessageDeleted" -> TdPosts.former(action.path("message"));
            case "chatEventMessageEdited" -> TdPosts.former(action.path("old_message"));
            default -> Optional.empty();
        };
    }

    private static Optional<Event> event(JsonNode event, Instant at) {
        long actor = event.path("member_id").path("user_id").asLong();
        JsonNode action = event.path("action");
        return switch (Td.type(action)) {
            case "chatEventMemberInvited" ->
                Optional.of(new Event.Invited(actor, action.path("user_id").asLong(), at));
            case "chatEventMemberJoined", "chatEventMemberJoinedByInviteLink", "chatEventMemberJoinedByRequest" ->
                Optional.of(new Event.Joined(actor, at));
            case "chatEventMemberLeft" -> Optional.of(new Event.Left(actor, at));
            case "chatEventMemberRestricted" -> removal(actor, action, at);
            default -> Optional.empty();
        };
    }

    private static Optional<Event> removal(long actor, JsonNode action, Instant at) {
        return Td.is(action.path("new_status"), "chatMemberStatusBanned")
                ? Optional.of(new Event.Removed(
                        actor, action.path("member_id").path("user_id").asLong(), at))
                : Optional.empty();
    }
}
