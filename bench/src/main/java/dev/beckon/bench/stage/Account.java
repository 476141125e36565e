package dev.beckon.bench.stage;

import java.util.Locale;

/** An account of the world, owner of a chat of its own. */
public enum Account {
    WORKER(1_000_001, "+491701000001"),
    ENGINE(1_000_002, "+491701000002"),
    OLD_WAY(1_000_003, "+491701000003");

    private final long userId;
    private final String phone;

    Account(long userId, String phone) {
        this.userId = userId;
        this.phone = phone;
    }

    public long userId() {
        return userId;
    }

    public String phone() {
        return phone;
    }

    /** Its chat's public name. */
    public String chat() {
        return "chat_of_" + name().toLowerCase(Locale.ROOT);
    }

    /** How many public groups all accounts can list. */
    public static final int CROWDS = 20;

    /** As many as Telegram lists. */
    public static final int CROWD_MEMBERS = 10_000;

    /** The public name of a group that everybody can list, counted from 1. */
    public static String crowd(int number) {
        return "crowd_" + number;
    }

    /** A world of these accounts and so many numbered guests, as a world file. */
    static String world(int guests) {
        StringBuilder world = new StringBuilder("people:\n");
        for (Account account : Account.values()) {
            world.append("  - {id: %d, username: %s, phone: \"%s\"}%n"
                    .formatted(account.userId, "owner_of_" + account.chat(), account.phone));
        }
        world.append("  - generate: {count: %d, prefix: guest}%nchats:%n".formatted(guests));
        for (Account account : Account.values()) {
            world.append("  - {title: Chat, username: %s, owner: %s}%n"
                    .formatted(account.chat(), "owner_of_" + account.chat()));
        }
        for (int number = 1; number <= CROWDS; number++) {
            int first = 1 + (number - 1) * 1_000;
            world.append("  - {title: Crowd, username: %s, owner: %s, members: [\"guest[%d..%d]\"]}%n"
                    .formatted(
                            crowd(number),
                            "owner_of_" + Account.WORKER.chat(),
                            first,
                            // With its owner it is as long as a list can be.
                            first + CROWD_MEMBERS - 2));
        }
        return world.toString();
    }
}
