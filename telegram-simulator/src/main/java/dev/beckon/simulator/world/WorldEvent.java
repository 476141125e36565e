package dev.beckon.simulator.world;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Everything that can change in a world. The journal is a list of these; replaying it gives the same world. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "event")
public sealed interface WorldEvent {

    // ---- sessions

    /** A handshake made an auth key. Its bytes let a data centre that was killed go on with its clients. */
    record AuthKeyCreated(long authKeyId, Bytes key, Instant at) implements WorldEvent {}

    record CodeSent(long authKeyId, String phone, Instant at) implements WorldEvent {
        @Override
        public String toString() {
            return "CodeSent[" + at + "]";
        }
    }

    /** First factor passed; the account's password is still due. */
    record PasswordDue(long authKeyId, long userId) implements WorldEvent {}

    /** By the account itself, on another device; its sessions stay. */
    record PasswordChanged(long userId, String password) implements WorldEvent {
        @Override
        public String toString() {
            return "PasswordChanged[" + userId + "]";
        }
    }

    record LoginTokenExported(long authKeyId, Bytes token, Instant expires) implements WorldEvent {
        @Override
        public String toString() {
            return "LoginTokenExported[" + expires + "]";
        }
    }

    /** Another device of the account scanned the QR code. */
    record LoginTokenAccepted(long authKeyId, long userId) implements WorldEvent {}

    record LoggedIn(long authKeyId, long userId, Instant at) implements WorldEvent {}

    /** The key is worthless from now on; {@code answer} is what Telegram says to it. */
    record SessionEnded(long authKeyId, long userId, int code, String answer, Instant at) implements WorldEvent {}

    record AccountBanned(long userId, Instant at) implements WorldEvent {}

    /** A human at Telegram lifted the limit. */
    record PeerFloodLifted(long userId) implements WorldEvent {}

    record AccountFrozen(long userId, Instant at) implements WorldEvent {}

    /** An appeal was accepted. */
    record AccountThawed(long userId) implements WorldEvent {}

    /** A connection began or ended to use an auth key; {@code process} tells processes apart. */
    record ConnectionOpened(long authKeyId, String connection, String process, Instant at) implements WorldEvent {}

    record ConnectionClosed(long authKeyId, String connection, Instant at) implements WorldEvent {}

    /** One auth key was in use by two processes at once. */
    record Overlap(long authKeyId, long userId, String process, String otherProcess, Instant at)
            implements WorldEvent {}

    // ---- people

    record ContactAdded(long ownerId, long personId, String firstName) implements WorldEvent {
        @Override
        public String toString() {
            return "ContactAdded[" + ownerId + ", " + personId + "]";
        }
    }

    record ContactDeleted(long ownerId, long personId) implements WorldEvent {}

    record Blocked(long personId, long blockedId) implements WorldEvent {}

    /** A line of the truth: someone of ours reached out to a person. */
    record Contacted(Contact contact) implements WorldEvent {}

    // ---- chats

    record MemberAdded(long chatId, long personId, LogEntry.What how, long byId, Optional<String> link, Instant at)
            implements WorldEvent {
        @Override
        public String toString() {
            return "MemberAdded[" + chatId + ", " + personId + ", " + how + "]";
        }
    }

    record MemberLeft(long chatId, long personId, Instant at) implements WorldEvent {}

    record MemberBanned(long chatId, long personId, long byId, Instant at) implements WorldEvent {}

    record JoinRequested(long chatId, long personId, Optional<String> link, Instant at) implements WorldEvent {
        @Override
        public String toString() {
            return "JoinRequested[" + chatId + ", " + personId + "]";
        }
    }

    record JoinRequestDismissed(long chatId, long personId) implements WorldEvent {}

    record LinkMade(Link link) implements WorldEvent {}

    // ---- messages

    /** A private message; {@code toMessageId} is 0 when the recipient had blocked the sender and never saw it. */
    record MessageSent(
            long fromId, long toId, int fromMessageId, int toMessageId, long randomId, Instant at, String text)
            implements WorldEvent {
        @Override
        public String toString() {
            return "MessageSent[" + fromId + ", " + toId + ", " + fromMessageId + "]";
        }
    }

    /** Deleted for both sides. */
    record MessageDeleted(long fromId, long toId, int fromMessageId, int toMessageId) implements WorldEvent {}

    /** @param content absent in journals from before there were pictures, which have the text alone */
    record Posted(
            long chatId, long fromId, int messageId, long randomId, Instant at, String text, Optional<Content> content)
            implements WorldEvent {
        public Posted {
            content = Objects.requireNonNullElse(content, Optional.empty());
        }

        static Posted of(long chatId, long fromId, int messageId, long randomId, Instant at, Content content) {
            return new Posted(chatId, fromId, messageId, randomId, at, content.text(), Optional.of(content));
        }

        Content whole() {
            return content.orElseGet(() -> Content.text(text));
        }

        @Override
        public String toString() {
            return "Posted[" + chatId + ", " + messageId + "]";
        }
    }

    /** A message in a chat was deleted, for all. */
    record PostDeleted(long chatId, int messageId, long byId, Instant at) implements WorldEvent {}

    record PostEdited(long chatId, int messageId, long byId, Instant at, Content content) implements WorldEvent {}

    // ---- limits, faults, time

    record FloodCounted(int rule, long userId, Instant at) implements WorldEvent {}

    record FloodStarted(int rule, long userId, Instant until) implements WorldEvent {}

    record FaultFired(int fault) implements WorldEvent {}

    /** A matching call that the fault let pass, because its {@code after} was not reached. */
    record FaultPassed(int fault) implements WorldEvent {}

    record Deferred(long id, Instant due, Act act) implements WorldEvent {}

    record DeferredDone(long id) implements WorldEvent {}

    /** The world's time was moved forward; the instant is where it stands now. */
    record ClockMoved(Instant now) implements WorldEvent {}
}
