package dev.beckon.worker.stage;

import java.util.UUID;

/** Ids that no other test uses: usage counts by Telegram user id over all tests of the database. */
public final class FreshIds {
    private FreshIds() {}

    /** The world file with an id for each person and chat that stands on a line of its own. */
    public static String in(String yaml) {
        long base = 10_000_000L + Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 800_000L) * 1000;
        StringBuilder text = new StringBuilder();
        long next = base;
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
