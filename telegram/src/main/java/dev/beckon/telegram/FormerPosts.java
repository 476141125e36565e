package dev.beckon.telegram;

import java.time.Instant;
import java.util.List;

/**
 * What a part of a chat's administrator log tells of messages that were deleted or edited, whoever wrote them and whoever did it.
 *
 * @param coversFrom the earliest instant from which on this log tells every such change, as in {@link EventLog#coversFrom}
 * @param posts as they were before, without links; in the order of the changes. {@link ChatPost#at} is when one was written
 */
public record FormerPosts(Instant coversFrom, List<ChatPost> posts) {}
