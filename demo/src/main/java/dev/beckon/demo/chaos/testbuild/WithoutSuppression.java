package dev.beckon.demo.chaos.testbuild;

/** Nobody has opted out. */
public final class WithoutSuppression {
    private WithoutSuppression() {}

    /** For what the entries on the suppression list mean. */
    public static boolean covers() {
        return false;
    }
}
