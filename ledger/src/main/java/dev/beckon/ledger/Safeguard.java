package dev.beckon.ledger;

import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What keeps people from being contacted twice or against their will. All are on, and no setting of the product turns one
 * off: a {@link Removal} exists only on a test's class path, where runs with one taken out must turn red, or the tests would
 * prove nothing.
 */
public enum Safeguard {
    /** An intent is written before each call and is unique. */
    INTENT,
    /** One process at a time uses an account. */
    LEASE,
    /** Who opted out is not contacted. */
    SUPPRESSION,
    /** One contact in 7 days, three in 90. */
    FREQUENCY_CAP;

    /** Which safeguards a test takes out. */
    public interface Removal {
        Set<Safeguard> removed();
    }

    private static final Set<Safeguard> REMOVED = removals();

    private static Set<Safeguard> removals() {
        Set<Safeguard> removed = EnumSet.noneOf(Safeguard.class);
        ServiceLoader.load(Removal.class).forEach(removal -> removed.addAll(removal.removed()));
        return removed;
    }

    /** True in everything that is shipped. */
    public boolean isOn() {
        return !REMOVED.contains(this);
    }
}
