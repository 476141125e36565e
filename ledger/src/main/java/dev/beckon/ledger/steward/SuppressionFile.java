package dev.beckon.ledger.steward;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The list as a file, to be kept beside the backups: after an older one is restored, the opt-outs since then come back from it.
 * It holds HMACs, no people, and is good for the look-up keys it was made with only; its first line proves that they are these.
 */
public final class SuppressionFile {
    private static final String FORMAT = "beckon-suppressions,1,";
    private static final String HEADER = "lookup,chat_id,reason,suppressed_at";
    private static final String PROOF = "suppression-file:1";
    private static final Pattern REASON = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int BATCH = 1_000;

    private final LookupKeys keys;

    public SuppressionFile(LookupKeys keys) {
        this.keys = keys;
    }

    /** Writes the whole list; answers how many entries it has. */
    public long write(SuppressionList list, Writer out) throws IOException {
        out.write(FORMAT + hex(keys.primaryOf(PROOF)) + "\n" + HEADER + "\n");
        long[] count = {0};
        try {
            list.forEach(entry -> {
                write(out, entry);
                count[0]++;
            });
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
        return count[0];
    }

    private static void write(Writer out, Suppressed entry) {
        String chat = entry.chatId().isPresent() ? Long.toString(entry.chatId().getAsLong()) : "";
        try {
            out.write(hex(entry.lookup()) + "," + chat + "," + entry.reason() + "," + entry.since() + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Reads a file in batches.
     *
     * @throws LedgerException with line and sentence when it is no such file, was made with other keys, or is damaged; the
     *     batches before were read then, and the file may be read again
     */
    public void read(BufferedReader in, Consumer<List<Suppressed>> batches) throws IOException {
        String first = in.readLine();
        if (first == null || !first.startsWith(FORMAT)) {
            throw new LedgerException(
                    "This is no file of `worker suppression export`: its first line does not begin with " + FORMAT
                            + " (for people's phones and names there is `worker suppression add`).");
        }
        String proof = first.substring(FORMAT.length()).strip();
        if (keys.of(PROOF).stream().noneMatch(key -> hex(key).equals(proof))) {
            throw new LedgerException(
                    "The file was made with other look-up keys than those of keys.json: nobody would be"
                            + " found by its entries. Use the keys.json it was exported with, with its keys among yours.");
        }
        List<Suppressed> batch = new ArrayList<>(BATCH);
        long number = 1;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (line.isBlank() || (number == 2 && line.strip().equals(HEADER))) {
                continue;
            }
            batch.add(entry(line.strip(), number));
            if (batch.size() == BATCH) {
                batches.accept(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            batches.accept(List.copyOf(batch));
        }
    }

    private static Suppressed entry(String line, long number) {
        String[] cells = line.split(",", -1);
        try {
            if (cells.length == 4
                    && cells[0].length() == 2 * LookupKeys.LENGTH
                    && REASON.matcher(cells[2]).matches()) {
                return new Suppressed(
                        new LookupKey(HexFormat.of().parseHex(cells[0])),
                        cells[1].isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(cells[1])),
                        cells[2],
                        // To the millisecond, as the ledger keeps it; the farthest instants have none.
                        Instant.ofEpochMilli(Instant.parse(cells[3]).toEpochMilli()));
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // Its message quotes the cell.
            throw damaged(number);
        }
        throw damaged(number);
    }

    private static LedgerException damaged(long number) {
        return new LedgerException("Line " + number + " is none of " + HEADER
                + ": the file is damaged or was edited. What stood before that line is on the list; mend the file and"
                + " import it again.");
    }

    private static String hex(LookupKey key) {
        return HexFormat.of().formatHex(key.bytes());
    }
}
