package dev.beckon.bench.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A day's work of one account, minute by minute: far more of it than a worker may do, so that what an operation leaves behind is seen.
 *
 * @param minutes that pass in the world, at least {@link #SAMPLES}
 */
record SoakDay(int minutes) {
    /** The whole of it. */
    static final SoakDay WHOLE = new SoakDay(24 * 60);

    /** To see that it works, and what leaks much. */
    static final SoakDay SHORT = new SoakDay(2 * 60);

    static final int INVITES_A_MINUTE = 4;
    static final int MESSAGES_A_MINUTE = 2;
    static final int PAGES_A_MINUTE = 3;
    static final int POSTS_A_MINUTE = 1;

    /** How often memory is looked at, in equal parts of the day. */
    static final int SAMPLES = 48;

    /** As many as Telegram grants at once. */
    static final int PAGE = 200;

    /** Groups whose members are listed again and again. */
    static final int CROWDS = 3;

    private static final int CROWD_MEMBERS = 9_999;
    private static final int CROWD_SHIFT = 1_000;

    /** Everybody in a crowd: whom the session has met before the day begins. */
    static final int KNOWN = CROWD_MEMBERS + (CROWDS - 1) * CROWD_SHIFT;

    /** People with whom there is a private chat before the day begins. */
    static final int PEN_FRIENDS = 200;

    /** Whom the session first meets after the day, to tell what one of them costs. */
    static final int NEW_PEOPLE = 1_000;

    static final String OWNER_PHONE = "+491701000001";
    static final String CHAT = "soak_chat";
    static final String CHANNEL = "soak_news";

    SoakDay {
        if (minutes < SAMPLES || minutes * INVITES_A_MINUTE > KNOWN) {
            throw new IllegalArgumentException("a day of " + minutes + " minutes: at least " + SAMPLES
                    + ", and no more than there are people to invite");
        }
    }

    int operations() {
        return minutes * (INVITES_A_MINUTE + MESSAGES_A_MINUTE + PAGES_A_MINUTE + POSTS_A_MINUTE);
    }

    /** What the world must have seen in the end: people added, and written to. */
    int contacts() {
        return minutes * (INVITES_A_MINUTE + MESSAGES_A_MINUTE) + PEN_FRIENDS + NEW_PEOPLE;
    }

    int posts() {
        return minutes * POSTS_A_MINUTE;
    }

    /** The public name of a group, counted from 0. */
    static String crowd(int number) {
        return "soak_crowd_" + number;
    }

    /** The public name of a person, counted from 0. */
    static String guest(int number) {
        return "guest" + (number + 1);
    }

    /** When a day begins that is over now: no message is from the future. */
    Instant start(Instant now) {
        return now.minus(Duration.ofMinutes(minutes)).truncatedTo(ChronoUnit.SECONDS);
    }

    /** A world file whose clock stands still until it is moved. */
    String world(Instant now) {
        StringBuilder world =
                new StringBuilder("""
                clock: {start: %s, speed: 0}
                people:
                  - {username: soak_owner, phone: "%s"}
                  - generate: {count: %d, prefix: guest}
                chats:
                  - {title: Soak, username: %s, owner: soak_owner}
                  - {title: News, username: %s, kind: Channel, owner: soak_owner}
                """.formatted(start(now), OWNER_PHONE, KNOWN + NEW_PEOPLE, CHAT, CHANNEL));
        for (int number = 0; number < CROWDS; number++) {
            int first = 1 + number * CROWD_SHIFT;
            world.append("  - {title: Crowd, username: %s, owner: soak_owner, members: [\"guest[%d..%d]\"]}%n"
                    .formatted(crowd(number), first, first + CROWD_MEMBERS - 1));
        }
        return world.toString();
    }
}
