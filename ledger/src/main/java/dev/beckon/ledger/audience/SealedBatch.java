package dev.beckon.ledger.audience;

import dev.beckon.ledger.keys.LookupKey;
import java.util.List;

/**
 * Lines that were read, judged and encrypted, ready to be written.
 *
 * @param fromLine the first line of the batch
 * @param toLine the line after its last one
 * @param empty lines that say nothing, the header among them
 */
record SealedBatch(long fromLine, long toLine, int empty, List<SealedLine> lines) {
    /** How many lines say something, whatever becomes of it. */
    long readable() {
        return lines.stream().filter(line -> !line.isBad()).count();
    }

    /**
     * One line.
     *
     * @param lookups every look-up key of the person, first the one that the log names them by; none for a bad line
     * @param identity the ciphertext; null when the person may not be contacted
     * @param foreign whether that is so because a parser read them from a chat that its account did not administer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record SealedLine(
            long number, List<LookupKey> lookups, byte[] identity, String basis, String problem, boolean foreign) {
        boolean isBad() {
            return lookups.isEmpty();
        }

        boolean isContactable() {
            return identity != null;
        }
    }
}
