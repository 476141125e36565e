package dev.beckon.demo.chaos.testbuild;

/** An order may ask for any number and for no pause: what is tried or measured would take days otherwise. */
public final class WithoutCeilings {
    private WithoutCeilings() {}

    /** For the look at an order's bounds. */
    public static void require() {}
}
