package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A chat as one account sees it.
 *
 * @param id bare, as MTProto has it (TDLib's is {@link #tdlibId})
 * @param mine how the viewer stands to it
 * @param mayInvite whether the viewer may add people
 * @param hiddenMembers only administrators see the member list
 * @param joinByRequest who joins the public chat needs an approval
 * @param nextPost by slow mode, when the viewer may write again; may lie in the past
 * @param lastMessageId 0 when nothing was written yet
 */
public record Chat(
        long id,
        TelegramChat.Kind kind,
        String title,
        Optional<String> username,
        Instant created,
        long creatorId,
        int memberCount,
        Standing mine,
        boolean mayInvite,
        boolean membersMayInvite,
        boolean hiddenMembers,
        boolean joinByRequest,
        Duration slowMode,
        Optional<Instant> nextPost,
        int lastMessageId) {

    /** TDLib's ids of supergroups and channels lie below this. */
    public static final long SUPERGROUPS_BELOW = -1_000_000_000_000L;

    /** How a person stands to a chat. */
    public enum Standing {
        STRANGER,
        MEMBER,
        ADMINISTRATOR,
        CREATOR,
        LEFT,
        BANNED;

        public boolean isIn() {
            return this == MEMBER || isAdministrator();
        }

        public boolean isAdministrator() {
            return this == ADMINISTRATOR || this == CREATOR;
        }
    }

    /** The id TDLib and the port {@code TelegramSession} use. */
    public long tdlibId() {
        return kind == TelegramChat.Kind.BASIC_GROUP ? -id : SUPERGROUPS_BELOW - id;
    }

    /** @return the bare id of a TDLib chat id of a group or channel */
    public static long bareId(long tdlibId) {
        return tdlibId < SUPERGROUPS_BELOW ? SUPERGROUPS_BELOW - tdlibId : -tdlibId;
    }
}
