package dev.beckon.simulator.world;

import java.time.Instant;

/**
 * A person's place in a chat.
 *
 * @param inviterId who added the person; 0 when they came by themselves
 */
public record Member(long personId, Chat.Standing standing, Instant since, long inviterId) {}
