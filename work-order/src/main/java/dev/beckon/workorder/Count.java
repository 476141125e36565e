package dev.beckon.workorder;

/** Counts as results and statuses say them to people: "1 bot", "2 bots". */
public final class Count {
    private Count() {}

    /** @param one what a single thing is called; none and several are called so with an s */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /** @param several what none and several are called */
    public static String of(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** "1 person", "2 people". */
    public static String people(long count) {
        return of(count, "person", "people");
    }
}
