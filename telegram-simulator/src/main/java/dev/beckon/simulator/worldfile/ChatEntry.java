package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.beckon.telegram.TelegramChat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A group or channel. */
@JsonClassDescription("chats[]")
record ChatEntry(
        @JsonPropertyDescription("Telegram's bare id. Default: the next free one from 1500000001 on.")
        Optional<Long> id,

        @JsonPropertyDescription("`Supergroup`, `Channel` or `BasicGroup`. Default: `Supergroup`.")
        Optional<TelegramChat.Kind> kind,

        @JsonPropertyDescription("The title; needed.") Optional<String> title,

        @JsonPropertyDescription("Public name without `@`. Without one the chat is private.")
        Optional<String> username,

        @JsonPropertyDescription("Who owns it; needed.") Optional<String> owner,

        @JsonPropertyDescription("Administrators besides the owner.")
        Optional<List<String>> admins,

        @JsonPropertyDescription("Members besides owner and administrators.")
        Optional<List<String>> members,

        @JsonPropertyDescription("Who was a member and left: adding them answers `USER_NOT_MUTUAL_CONTACT`.")
        Optional<List<String>> left,

        @JsonPropertyDescription("Who was removed and banned: adding them answers `USER_KICKED`.")
        Optional<List<String>> removed,

        @JsonPropertyDescription(
                "How many members it holds. Default: 200000; a basic group 200; a channel without bound.")
        Optional<Integer> memberCap,

        @JsonPropertyDescription("Nobody can be added once it has more members than this. Default: 200 in a channel, "
                + "otherwise the `memberCap`.")
        Optional<Integer> addCap,

        @JsonPropertyDescription("Only administrators see the member list. Default: false.")
        Optional<Boolean> hiddenMembers,

        @JsonPropertyDescription("Members who are no administrators may add people. Default: true, in a channel never.")
        Optional<Boolean> membersMayInvite,

        @JsonPropertyDescription("Who joins by the public name needs an approval. Default: false.")
        Optional<Boolean> joinByRequest,

        @JsonPropertyDescription("How long a member waits between two messages, such as `30s`. Default: none.")
        Optional<Duration> slowMode,

        @JsonPropertyDescription("When it was made. Default: `2026-01-01T00:00:00Z`.")
        Optional<Instant> created,

        @JsonPropertyDescription("Invite links that exist from the beginning.")
        Optional<List<LinkEntry>> links,

        @JsonPropertyDescription("Messages that it holds from the beginning.")
        Optional<List<PostEntry>> messages) {

    /** An invite link. */
    @JsonClassDescription("chats[].links[]")
    record LinkEntry(
            @JsonPropertyDescription(
                    "What stands behind `https://t.me/+`: 8 to 64 letters, digits, `_` and `-`; needed.")
            Optional<String> hash,

            @JsonPropertyDescription("Its name, for administrators.")
            Optional<String> name,

            @JsonPropertyDescription("When it ends. Default: never.")
            Optional<Instant> expires,

            @JsonPropertyDescription("How many may join by it. Default: no limit.")
            Optional<Integer> limit,

            @JsonPropertyDescription("Who joins by it needs an approval. Default: false.")
            Optional<Boolean> request) {}

    /** A message. */
    @JsonClassDescription("chats[].messages[]")
    record PostEntry(
            @JsonPropertyDescription("Who wrote it; needed.")
            Optional<String> from,

            @JsonPropertyDescription("What it says; needed.")
            Optional<String> text,

            @JsonPropertyDescription("When. Default: a minute after the one before.")
            Optional<Instant> at) {
        @Override
        public String toString() {
            return "PostEntry[]";
        }
    }
}
