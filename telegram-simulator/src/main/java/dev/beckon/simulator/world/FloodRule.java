package dev.beckon.simulator.world;

import java.time.Duration;
import java.util.Set;

/**
 * A flood budget: after {@code calls} calls within {@code per} an account must wait {@code pause}.
 *
 * @param accounts whom it binds; empty for everyone
 */
public record FloodRule(Method method, Set<Long> accounts, int calls, Duration per, Duration pause) {
    boolean binds(Method called, long userId) {
        return method == called && (accounts.isEmpty() || accounts.contains(userId));
    }
}
