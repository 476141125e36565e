package dev.beckon.ledger.content;

import java.util.Optional;

/**
 * A post as it was when its turn came: a run that is continued sends this, whatever was edited since. Printed without its text.
 *
 * @param key its identity within the schedule, 1 to {@value #LONGEST_KEY} characters
 * @param source the text as a person wrote it
 * @param markdown whether the source has markup
 * @param image a file of the schedule's posts
 */
public record TakenPost(String key, String source, boolean markdown, Optional<String> image) {
    /** The ledger's column holds so many. */
    public static final int LONGEST_KEY = 253;

    public TakenPost {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("a post's key has 1 to " + LONGEST_KEY + " characters");
        }
    }

    @Override
    public String toString() {
        return "TakenPost[" + key + "]";
    }
}
