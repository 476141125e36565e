package dev.beckon.worker.audience;

import dev.beckon.worker.Ending;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** A server's answer, no larger and no slower than allowed. Whoever sends a byte a minute would hold the import for ever. */
final class BoundedStream extends FilterInputStream {
    private final UrlAudience.Limits limits;
    private final Meanwhile meanwhile;
    private final Supplier<RuntimeException> tooLarge;
    private final Function<String, RuntimeException> broken;
    private final Runnable end;
    private final long giveUp;
    private long left;

    /**
     * @param meanwhile who reads, and hears that it is to end; closed with this
     * @param end ends the connection
     */
    BoundedStream(
            InputStream in,
            UrlAudience.Limits limits,
            Meanwhile meanwhile,
            Supplier<RuntimeException> tooLarge,
            Function<String, RuntimeException> broken,
            Runnable end) {
        super(in);
        this.limits = limits;
        this.meanwhile = meanwhile;
        this.tooLarge = tooLarge;
        this.broken = broken;
        this.end = end;
        this.left = limits.bytes();
        this.giveUp = System.nanoTime() + limits.total().toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * The next bytes, at the latest after the silence that is allowed.
     *
     * @throws Ending.Now when the file can't be had as a whole, or whoever reads is to end
     */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Duration patience =
                Duration.ofNanos(Math.max(0, Math.min(limits.silence().toNanos(), giveUp - System.nanoTime())));
        int read;
        try {
            read = meanwhile
                    .within(patience, () -> in.read(bytes, offset, length))
                    .orElseThrow(() -> broken.apply("too slow"));
        } catch (IOException e) {
            throw broken.apply(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UrlAudience.stopped();
        }
        left -= Math.max(0, read);
        if (left < 0) {
            throw tooLarge.get();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        // First of all a read that is not waited for any more.
        meanwhile.close();
        super.close();
        end.run();
    }
}
