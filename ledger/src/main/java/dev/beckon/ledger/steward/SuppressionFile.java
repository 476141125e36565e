package dev.beckon.ledger.steward;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * It holds HMACs, no people, and is good for the look-up keys it was made with only; its first line proves that they are these,
 * and its last one that nobody changed, added or took out a line.
 */
public final class SuppressionFile {
    private static final String FORMAT = "beckon-suppressions,2,";
    private static final String HEADER = "lookup,chat_id,reason,suppressed_at";
    private static final String END = "end,";
    private static final String PROOF = "suppression-file:2";
    private static final Pattern REASON = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int BATCH = 1_000;

    private final LookupKeys keys;

    public SuppressionFile(LookupKeys keys) {
        this.keys = keys;
    }

    /** Writes the whole list; answers how many entries it has. */
    public long write(SuppressionList list, Writer out) throws IOException {
        return write(list::forEach, out);
    }

    long write(Consumer<Consumer<Suppressed>> entries, Writer out) throws IOException {
        Lines lines = new Lines();
        String head = FORMAT + hex(keys.primaryOf(PROOF));
        out.write(head + "\n" + HEADER + "\n");
        lines.add(head);
        lines.add(HEADER);
        try {
            entries.accept(entry -> {
                String line = line(entry);
                lines.addEntry(line);
                try {
                    out.write(line + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.write(END + lines.entries + "," + hex(keys.primaryOf(lines.seal())) + "\n");
        out.flush();
        return lines.entries;
    }

    private static String line(Suppressed entry) {
        String chat = entry.chatId().isPresent() ? Long.toString(entry.chatId().getAsLong()) : "";
        return hex(entry.lookup()) + "," + chat + "," + entry.reason() + "," + entry.since();
    }

    /**
     * Reads a file in batches.
     *
     * @throws LedgerException with line and sentence when it is no such file, was made with other keys, is damaged, cut off or
     *     edited; the batches before were read then, and the file may be read again
     */
    public void read(BufferedReader in, Consumer<List<Suppressed>> batches) throws IOException {
        Lines lines = new Lines();
        String first = in.readLine();
        if (first == null || !first.startsWith(FORMAT)) {
            throw new LedgerException(
                    "This is no file of `worker suppression export`: its first line does not begin with " + FORMAT
                            + " (for people's phones and names there is `worker suppression add`).");
        }
        if (!made(PROOF, first.substring(FORMAT.length()).strip())) {
            throw new LedgerException(
                    "The file was made with other look-up keys than those of keys.json: nobody would be"
                            + " found by its entries. Use the keys.json it was exported with, with its keys among yours.");
        }
        lines.add(first.strip());
        List<Suppressed> batch = new ArrayList<>(BATCH);
        boolean ended = false;
        long number = 1;
        for (String raw = in.readLine(); raw != null; raw = in.readLine()) {
            number++;
            String line = raw.strip();
            if (line.isEmpty()) {
                continue;
            }
            if (ended) {
                throw damaged(number);
            }
            if (line.startsWith(END)) {
                ended = true;
                if (!made(lines.seal(), line.substring(line.lastIndexOf(',') + 1))) {
                    throw new LedgerException(
                            "Line " + number + " was made for other lines than stand before it: the file"
                                    + " was edited, or lines are missing. Entries that it has are on the list; import an"
                                    + " export that nobody touched.");
                }
            } else if (number == 2 && line.equals(HEADER)) {
                lines.add(line);
            } else {
                batch.add(entry(line, number));
                lines.addEntry(line);
                if (batch.size() == BATCH) {
                    batches.accept(List.copyOf(batch));
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            batches.accept(List.copyOf(batch));
        }
        if (!ended) {
            throw new LedgerException(
                    "Line " + (number + 1) + " is missing, the last one of an export, which begins with " + END
                            + ": the file was cut off. Entries that it has are on the list; import one that is whole.");
        }
    }

    private boolean made(String what, String key) {
        return keys.of(what).stream().anyMatch(made -> hex(made).equals(key));
    }

    /** What was written or read so far. */
    private static final class Lines {
        private final MessageDigest digest;
        private long entries;

        Lines() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        void add(String line) {
            digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        void addEntry(String line) {
            add(line);
            entries++;
        }

        /** What the last line is made of: nobody without the keys makes one for other lines. Ends these lines. */
        String seal() {
            return "suppression-file-end:" + entries + ":" + HexFormat.of().formatHex(digest.digest());
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
