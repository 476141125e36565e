package dev.beckon.workorder;

import java.util.Optional;

/**
 * An account as the worker knows it.
 *
 * @param uid the Kubernetes uid: identity in the ledger
 * @param limits the account's own limits, in any 24 hours
 */
public record AccountRef(String namespace, String name, String uid, Limits limits, Optional<Proxy> proxy) {

    /** Ceilings for any 24 hours, rolling, counted by Telegram user id. */
    public record Limits(int invitesPerDay, int messagesPerDay, int joinsPerDay, int lookupsPerDay) {}

    /** The one fixed egress; its credentials, if any, are mounted at {@link Paths#PROXY}. */
    public record Proxy(String host, int port) {}
}
