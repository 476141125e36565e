package dev.beckon.simulator.world;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the lines of a file that a kill may have torn: a last line without its end is not there. */
final class WholeLines implements Closeable {
    private final InputStream in;
    private long position;

    WholeLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** @return the next line, or null at the end */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                position += line.size() + 1L;
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
        return null;
    }

    /** Where the last line that was given ends, in bytes. */
    long position() {
        return position;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
