package dev.beckon.simulator.world;

import dev.beckon.telegram.TelegramChat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the world file says of a chat; it never changes while the world runs.
 *
 * @param id bare
 * @param memberCap how many members it holds
 * @param addCap how many members it may have for adding people to be possible; a channel's is 200
 */
public record ChatProfile(
        long id,
        TelegramChat.Kind kind,
        String title,
        Optional<String> username,
        long creatorId,
        Instant created,
        int memberCap,
        int addCap,
        boolean hiddenMembers,
        boolean membersMayInvite,
        boolean joinByRequest,
        Duration slowMode) {}
