package dev.beckon.bench;

import java.util.OptionalInt;

/**
 * How much is measured.
 *
 * @param wantedRounds absent: as many as each benchmark finds right
 * @param quick everything small, to see that it works; such figures tell nothing
 */
public record Effort(OptionalInt wantedRounds, boolean quick) {
    public int rounds(int usual) {
        return wantedRounds.orElse(quick ? 1 : usual);
    }

    public int size(int usual, int small) {
        return quick ? small : usual;
    }
}
