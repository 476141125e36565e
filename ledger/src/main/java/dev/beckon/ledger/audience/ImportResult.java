package dev.beckon.ledger.audience;

/**
 * What became of an audience's lines. The log holds one row for each that is no new person, with its number and the reason.
 *
 * @param lines read, without empty ones and the header
 * @param imported people who are new in the campaign
 * @param known people whom an earlier import of another file had brought already
 * @param foreign whom a parser read from a chat that its account did not administer
 * @param resumed whether an import that was cut short was carried on; the counts are then of this run only
 */
public record ImportResult(
        long lines,
        long imported,
        long known,
        long duplicates,
        long suppressed,
        long withoutConsent,
        long foreign,
        long bad,
        boolean resumed) {
    static final ImportResult NOTHING = new ImportResult(0, 0, 0, 0, 0, 0, 0, 0, false);

    ImportResult plus(ImportResult other) {
        return new ImportResult(
                lines + other.lines,
                imported + other.imported,
                known + other.known,
                duplicates + other.duplicates,
                suppressed + other.suppressed,
                withoutConsent + other.withoutConsent,
                foreign + other.foreign,
                bad + other.bad,
                resumed || other.resumed);
    }
}
