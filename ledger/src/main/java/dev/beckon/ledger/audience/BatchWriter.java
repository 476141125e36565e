package dev.beckon.ledger.audience;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.audience.SealedBatch.SealedLine;
import dev.beckon.ledger.invite.ImportLog;
import dev.beckon.ledger.invite.Tally;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.MultiRowInsert;
import dev.beckon.ledger.sql.SequenceLanes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes one batch after the other, each in a transaction of its own. */
final class BatchWriter {
    /** A column's value for "everywhere"; see the suppression table. */
    private static final long EVERYWHERE = 0;

    private final Database database;
    private final ImportJournal journal;
    private final ImportJournal.Position position;
    private final PersonKeys keys;
    private final List<Long> accounts;

    BatchWriter(Database database, ImportJournal journal, ImportJournal.Position position) {
        this.database = database;
        this.journal = journal;
        this.position = position;
        this.keys = new PersonKeys(journal.campaignId(), position);
        this.accounts = journal.accounts();
        if (accounts.isEmpty()) {
            throw new LedgerException(
                    "The campaign has no account to assign people to: register it with its accounts.");
        }
    }

    /** Why a line is no new person. */
    private enum Verdict {
        NEW,
        KNOWN,
        DUPLICATE,
        SUPPRESSED,
        NO_CONSENT,
        FOREIGN,
        BAD
    }

    private record Judged(SealedLine line, Verdict verdict) {}

    ImportResult write(SealedBatch batch) {
        return database.inTransaction("import batch", handle -> {
            // First, so that of two processes that got here one waits for the other's commit and then stops.
            journal.advance(handle, position, batch);
            List<Judged> judged = judge(handle, batch);
            insertPeople(handle, judged);
            log(handle, judged);
            tally(handle, judged);
            // Last: all who write to the ledger wait for whoever holds the common lane.
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
            return result(judged);
        });
    }

    private List<Judged> judge(Handle handle, SealedBatch batch) {
        Map<LookupKey, Long> firstLineOf = new HashMap<>();
        Set<Long> repeated = new HashSet<>();
        for (SealedLine line : batch.lines()) {
            for (LookupKey lookup : line.lookups()) {
                if (firstLineOf.putIfAbsent(lookup, line.number()) != null) {
                    repeated.add(line.number());
                }
            }
        }
        Map<LookupKey, Integer> earlier = keys.insert(handle, firstLineOf);
        Set<LookupKey> suppressed = suppressed(handle, firstLineOf.keySet());
        return batch.lines().stream()
                .map(line -> new Judged(line, verdict(line, repeated, earlier, suppressed)))
                .toList();
    }

    private Verdict verdict(
            SealedLine line, Set<Long> repeated, Map<LookupKey, Integer> earlier, Set<LookupKey> suppressed) {
        if (line.isBad()) {
            return Verdict.BAD;
        }
        if (repeated.contains(line.number())) {
            return Verdict.DUPLICATE;
        }
        boolean known = false;
        for (LookupKey lookup : line.lookups()) {
            Integer importNo = earlier.get(lookup);
            if (importNo != null && importNo == position.importNo()) {
                return Verdict.DUPLICATE;
            }
            known |= importNo != null;
        }
        if (known) {
            return Verdict.KNOWN;
        }
        if (line.foreign()) {
            return Verdict.FOREIGN;
        }
        if (!line.isContactable()) {
            return Verdict.NO_CONSENT;
        }
        return line.lookups().stream().anyMatch(suppressed::contains) ? Verdict.SUPPRESSED : Verdict.NEW;
    }

    private Set<LookupKey> suppressed(Handle handle, Set<LookupKey> lookups) {
        boolean any = handle.createQuery("SELECT EXISTS (SELECT 1 FROM beckon_invite.suppression)")
                .mapTo(Boolean.class)
                .one();
        if (!any || lookups.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(handle.createQuery("SELECT s.lookup FROM beckon_invite.suppression s"
                        + " JOIN beckon_invite.campaign c ON c.campaign_id = :campaign"
                        + " WHERE s.lookup IN (<lookups>) AND (s.chat_id = :everywhere OR s.chat_id = c.chat_id)")
                .bind("campaign", journal.campaignId())
                .bind("everywhere", EVERYWHERE)
                .bindList("lookups", List.copyOf(lookups))
                .map((row, context) -> new LookupKey(row.getBytes("lookup")))
                .list());
    }

    private void insertPeople(Handle handle, List<Judged> judged) {
        MultiRowInsert insert = new MultiRowInsert(
                handle,
                "INSERT INTO beckon_invite.person (campaign_id, ordinal, account_id, state, consent_basis, identity)",
                "(" + journal.campaignId() + ",?,?,'Pending',?,?)");
        for (Judged person : judged) {
            if (person.verdict == Verdict.NEW) {
                insert.add(
                        position.firstOrdinal() + person.line.number(),
                        accountOf(person.line),
                        person.line.basis(),
                        person.line.identity());
            }
        }
        insert.finish();
    }

    /** In turn by line: every restart assigns the same. */
    private long accountOf(SealedLine line) {
        return accounts.get((int) (line.number() % accounts.size()));
    }

    private void log(Handle handle, List<Judged> judged) {
        List<ImportLog.Line> lines = new ArrayList<>();
        for (Judged entry : judged) {
            String reason = reason(entry.verdict);
            if (reason != null) {
                lines.add(new ImportLog.Line(
                        entry.line.number(),
                        entry.line.lookups().isEmpty()
                                ? null
                                : entry.line.lookups().getFirst(),
                        reason,
                        entry.line.problem()));
            }
        }
        ImportLog.append(handle, journal.campaignId(), lines, database.now());
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case NEW, KNOWN -> null;
            case DUPLICATE -> ImportLog.DUPLICATE;
            case SUPPRESSED -> ImportLog.SUPPRESSED;
            case NO_CONSENT -> ImportLog.NO_CONSENT;
            case FOREIGN -> ImportLog.SOURCE_NOT_ADMINISTERED;
            case BAD -> ImportLog.BAD_LINE;
        };
    }

    private void tally(Handle handle, List<Judged> judged) {
        Map<Long, Map<Tally.Cell, Long>> cells = new java.util.TreeMap<>();
        for (Judged entry : judged) {
            if (entry.verdict != Verdict.KNOWN) {
                cells.computeIfAbsent(
                                accountOf(entry.line),
                                account ->
                                        new java.util.TreeMap<>(java.util.Comparator.comparing(Tally.Cell::toString)))
                        .merge(ImportLog.cellOf(reason(entry.verdict)), 1L, Long::sum);
            }
        }
        cells.forEach((account, counts) ->
                counts.forEach((cell, people) -> Tally.add(handle, journal.campaignId(), account, cell, people)));
    }

    private static ImportResult result(List<Judged> judged) {
        Map<Verdict, Long> count = new java.util.EnumMap<>(Verdict.class);
        judged.forEach(entry -> count.merge(entry.verdict, 1L, Long::sum));
        return new ImportResult(
                judged.size(),
                count.getOrDefault(Verdict.NEW, 0L),
                count.getOrDefault(Verdict.KNOWN, 0L),
                count.getOrDefault(Verdict.DUPLICATE, 0L),
                count.getOrDefault(Verdict.SUPPRESSED, 0L),
                count.getOrDefault(Verdict.NO_CONSENT, 0L),
                count.getOrDefault(Verdict.FOREIGN, 0L),
                count.getOrDefault(Verdict.BAD, 0L),
                false);
    }
}
