package dev.beckon.bench.scale;

/** What becomes of a campaign. Of ten, six are done at once, one after its first worker died, and three wait for the next day. */
enum Fate {
    SUCCEEDS,
    /** Its first worker is killed and has written nothing. */
    DIES_ONCE,
    WAITS;

    private static final int OF = 10;
    private static final int SUCCEED = 6;

    /** @param number of the campaign */
    static Fate of(int number) {
        int turn = number % OF;
        if (turn < SUCCEED) {
            return SUCCEEDS;
        }
        return turn == SUCCEED ? DIES_ONCE : WAITS;
    }
}
