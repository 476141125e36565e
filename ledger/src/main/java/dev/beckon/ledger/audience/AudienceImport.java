package dev.beckon.ledger.audience;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.invite.Campaigns;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Streams an audience into the ledger: one thread reads, several parse and encrypt, one writes batches in order. Memory is
 * bounded by the batches in flight, whatever the file's size.
 *
 * <p>Each batch's transaction also writes how far the import came. A process that is killed between two batches, or in one,
 * is followed by one that goes on with the first line that was not committed. The same file again imports nothing.
 */
public final class AudienceImport {
    /** Lines of one transaction, at most. */
    static final int BATCH_LINES = 4_000;

    /**
     * Bytes of one transaction's lines, at most, but for its last line: a line may have 64 KiB, and several batches are in memory at
     * once. A batch of short lines has half of it.
     */
    static final int BATCH_BYTES = 512 * 1024;

    private static final int SEALERS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    private static final int BATCHES_IN_FLIGHT = SEALERS + 2;

    private final Database database;
    private final Campaigns campaigns;
    private final PersonVault vault;

    public AudienceImport(Database database, Campaigns campaigns, PersonVault vault) {
        this.database = database;
        this.campaigns = campaigns;
        this.vault = vault;
    }

    /**
     * Imports the audience of a registered campaign and assigns each new person to one of its accounts in turn. One import of
     * a campaign runs at a time, by a lock that the database frees when its holder dies.
     *
     * @param consent what holds for lines that name no basis of their own; basis {@code Unknown} when the campaign states none
     * @return what became of the lines; empty when another process is importing this campaign right now: ask again later
     * @throws UnreadableAudienceException when the file as a whole can't be read, with a sentence that says why; an
     *     {@link EmptyAudienceException} when it names nobody and no file before it did
     */
    public Optional<ImportResult> run(String campaignUid, AudienceSource source, Consent consent) {
        long campaignId = campaigns.idOf(campaignUid);
        try (NamedLock lock = NamedLock.tryAcquire(database.dataSource(), "beckon-import-" + campaignId)) {
            if (!lock.isHeld()) {
                return Optional.empty();
            }
            ImportJournal journal = new ImportJournal(database, campaignId);
            ImportJournal.Position position = journal.begin(digest(source, consent), consent);
            return Optional.of(
                    position.complete() ? ImportResult.NOTHING : run(campaignUid, source, consent, journal, position));
        } catch (IOException e) {
            throw new UnreadableAudienceException(
                    "The audience can't be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    /** Whether the newest import of the campaign is complete. */
    public boolean isComplete(String campaignUid) {
        return new ImportJournal(database, campaigns.idOf(campaignUid)).isComplete();
    }

    private ImportResult run(
            String campaignUid,
            AudienceSource source,
            Consent consent,
            ImportJournal journal,
            ImportJournal.Position position)
            throws IOException {
        BatchWriter writer = new BatchWriter(database, journal, position);
        ImportResult total = position.nextLine() > 1 ? ImportResult.NOTHING.plus(resumed()) : ImportResult.NOTHING;
        ExecutorService sealers = Executors.newFixedThreadPool(
                SEALERS,
                Thread.ofPlatform().name("audience-sealer-", 0).daemon().factory());
        MessageDigest read = sha256();
        try (InputStream in = new DigestInputStream(source.open(), read)) {
            LineReader reader = new LineReader(in);
            LineReader.RawLine first = reader.next();
            AudienceFormat format = AudienceFormat.ofFile(first, consent);
            BatchSealer sealer = new BatchSealer(vault, campaignUid, position.firstOrdinal());
            ArrayDeque<Future<SealedBatch>> inFlight = new ArrayDeque<>();
            List<LineReader.RawLine> lines = new ArrayList<>();
            int bytes = 0;
            for (LineReader.RawLine line = first; line != null; line = reader.next()) {
                if (line.number() < position.nextLine()) {
                    continue;
                }
                lines.add(line);
                bytes += line.size();
                if (lines.size() == BATCH_LINES || bytes >= BATCH_BYTES) {
                    List<LineReader.RawLine> batch = lines;
                    inFlight.add(sealers.submit(() -> sealer.seal(format.parser(), batch)));
                    lines = new ArrayList<>();
                    bytes = 0;
                }
                if (inFlight.size() == BATCHES_IN_FLIGHT) {
                    total = total.plus(writer.write(finished(inFlight.remove())));
                }
            }
            while (!inFlight.isEmpty()) {
                total = total.plus(writer.write(finished(inFlight.remove())));
            }
            if (!lines.isEmpty()) {
                total = total.plus(writer.write(sealer.seal(format.parser(), lines)));
            }
            journal.imported(position, digest(read, consent));
            requireReadable(journal, position);
            journal.complete(position);
            return total;
        } finally {
            sealers.shutdownNow();
        }
    }

    /**
     * An audience of which no line can be read, or that names nobody, is no audience. Its import is never complete: the same
     * file again says the same, a mended one is another import. A file that was emptied after its people came in takes nobody
     * away and asks nothing of anyone.
     */
    private static void requireReadable(ImportJournal journal, ImportJournal.Position position) {
        if (journal.isReadable(position)) {
            return;
        }
        BadLines bad = journal.badLines();
        if (bad.total() > 0) {
            throw new UnreadableAudienceException(unreadable(bad) + " Correct the file, then it is read again.");
        }
        if (!journal.wasEverComplete()) {
            throw new EmptyAudienceException("The audience names nobody: it is empty, or has nothing below its header."
                    + " Write people into it, one a line, then it is read again.");
        }
    }

    private static String unreadable(BadLines bad) {
        String all = bad.total() == 1
                ? "The audience's only line can't be read."
                : "None of the audience's " + bad.total() + " lines can be read.";
        return all
                + bad.first().stream()
                        .findFirst()
                        .map(line -> (bad.total() == 1 ? " It is line " : " The first is line ") + line.number() + ": "
                                + line.problem())
                        .orElse("");
    }

    /** The lines of the campaign's newest import that can't be read, for whoever made the file. */
    public BadLines badLines(String campaignUid) {
        return new ImportJournal(database, campaigns.idOf(campaignUid)).badLines();
    }

    private static ImportResult resumed() {
        return new ImportResult(0, 0, 0, 0, 0, 0, 0, 0, true);
    }

    private static SealedBatch finished(Future<SealedBatch> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("The import was interrupted; it goes on where it was.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerException ledger) {
                throw ledger;
            }
            throw new LedgerException(
                    "A batch of the audience failed: " + e.getCause().getClass().getSimpleName() + ".");
        }
    }

    private static byte[] digest(AudienceSource source, Consent consent) throws IOException {
        MessageDigest sha256 = sha256();
        try (DigestInputStream in = new DigestInputStream(source.open(), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest(sha256, consent);
    }

    /** Another basis is another import: it judges anew who was skipped for want of one. */
    private static byte[] digest(MessageDigest ofFile, Consent consent) {
        ofFile.update(consent.basis().name().getBytes(StandardCharsets.UTF_8));
        return ofFile.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
