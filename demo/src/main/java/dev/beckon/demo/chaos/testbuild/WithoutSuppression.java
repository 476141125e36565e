package dev.beckon.demo.chaos.testbuild;

/** Nobody has opted out. */
public final class WithoutSuppression {
    private WithoutSuppression() {}

    /** For the look into the suppression list. */
    public static boolean covers() {
        return false;
    }
}
