package dev.beckon.ledger.audience;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits bytes into lines in bounded memory. A line stays raw until it is decoded, so that one that is not UTF-8, or too long,
 * is a bad line and not the end of the file.
 */
final class LineReader {
    /** The longest line that is looked at. */
    static final int MAX_LINE_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** A line's bytes without its end; {@code bytes} is null when it is longer than {@link #MAX_LINE_BYTES}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record RawLine(long number, byte[] bytes) {
        /** Bytes that it holds. */
        int size() {
            return bytes == null ? 0 : bytes.length;
        }
    }

    /** The next line, or null at the end. A last line needs no line end. */
    RawLine next() throws IOException {
        byte[] line = new byte[0];
        boolean tooLong = false;
        boolean any = false;
        while (true) {
            if (from == to && !fill()) {
                return any ? raw(line, tooLong) : null;
            }
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            boolean complete = end < to;
            tooLong |= line.length + (end - from) > MAX_LINE_BYTES;
            line = tooLong ? new byte[0] : appended(line, end);
            from = complete ? end + 1 : end;
            if (complete) {
                return raw(line, tooLong);
            }
        }
    }

    private byte[] appended(byte[] line, int end) {
        byte[] longer = Arrays.copyOf(line, line.length + end - from);
        System.arraycopy(buffer, from, longer, line.length, end - from);
        return longer;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    private RawLine raw(byte[] line, boolean tooLong) {
        number++;
        if (tooLong) {
            return new RawLine(number, null);
        }
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        int start = number == 1 && startsWith(line, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        return new RawLine(
                number, start == 0 && length == line.length ? line : Arrays.copyOfRange(line, start, length));
    }

    private static boolean startsWith(byte[] line, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (line.length <= i || (line[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the file begins as UTF-16 does, the "Unicode text" of spreadsheets. */
    static boolean isUtf16(RawLine first) {
        return first.bytes != null && (startsWith(first.bytes, 0xFF, 0xFE) || startsWith(first.bytes, 0xFE, 0xFF));
    }

    /** The text of a line. */
    static String decode(RawLine line) throws InvalidLineException {
        if (line.bytes == null) {
            throw new InvalidLineException("The line is longer than " + MAX_LINE_BYTES + " bytes.");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(ByteBuffer.wrap(line.bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidLineException("The line is not UTF-8: save the file with that encoding.");
        }
    }
}
