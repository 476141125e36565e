package dev.beckon.simulator.world;

/**
 * Who calls: a logged-in session.
 *
 * @param authKeyId the session's auth key
 * @param userId the account
 */
public record Caller(long authKeyId, long userId) {}
