package dev.beckon.bench.soak;

/**
 * A look at the session's process.
 *
 * @param phase of the run
 * @param operations done so far in the phase
 * @param nativeBytes what native code holds
 * @param residentBytes RSS
 */
record Sample(Phase phase, int operations, long nativeBytes, long residentBytes) {
    /** What the session does. */
    enum Phase {
        /** The day's work, among people whom the session knows. */
        DAY,
        /** Looking up people whom it never met. */
        MEETING,
        /** Writing to them for the first time. */
        WRITING
    }

    private static final String MARK = "sample ";

    /** As one process tells it another. */
    String line() {
        return MARK + phase + " " + operations + " " + nativeBytes + " " + residentBytes;
    }

    /** Whether a line is one, and not what a library said. */
    static boolean isOne(String line) {
        return line.startsWith(MARK);
    }

    /** Reads {@link #line}. */
    static Sample of(String line) {
        String[] words = line.split(" ");
        return new Sample(
                Phase.valueOf(words[1]),
                Integer.parseInt(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }
}
