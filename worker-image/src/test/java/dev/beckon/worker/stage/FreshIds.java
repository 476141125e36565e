package dev.beckon.worker.stage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that no other test uses: usage counts by Telegram user id over all tests of the database, which is this JVM's. Drawn at random
 * two of some hundred tests met now and then, and one waited for what the other had done.
 */
public final class FreshIds {
    private static final AtomicLong NEXT = new AtomicLong(10_000_000L);

    private FreshIds() {}

    /** The world file with an id for each person and chat that stands on a line of its own. */
    public static String in(String yaml) {
        StringBuilder text = new StringBuilder();
        long next = NEXT.getAndAdd(1_000);
        for (String line : yaml.lines().toList()) {
            boolean entry = line.startsWith("  - {username: ")
                    || line.startsWith("  - {title: ")
                    || line.startsWith("  - {phone: ")
                    || line.startsWith("  - {botToken: ");
            text.append(entry ? line.replaceFirst("\\{", "{id: " + next++ + ", ") : line)
                    .append('\n');
        }
        return text.toString();
    }
}
