package dev.beckon.worker.audience;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** A server's answer, no larger and no slower than allowed. Whoever sends a byte a minute would hold the import for ever. */
final class BoundedStream extends FilterInputStream {
    private final UrlAudience.Limits limits;
    private final Supplier<RuntimeException> tooLarge;
    private final Function<String, RuntimeException> broken;
    private final Runnable end;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audience-timer").factory());
    private final long giveUp;
    private long left;
    private volatile boolean late;

    /** @param end ends the connection, from any thread */
    BoundedStream(
            InputStream in,
            UrlAudience.Limits limits,
            Supplier<RuntimeException> tooLarge,
            Function<String, RuntimeException> broken,
            Runnable end) {
        super(in);
        this.limits = limits;
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

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long patience = Math.min(limits.silence().toNanos(), giveUp - System.nanoTime());
        ScheduledFuture<?> alarm = timer.schedule(this::tooLate, Math.max(0, patience), TimeUnit.NANOSECONDS);
        int read;
        try {
            read = super.read(bytes, offset, length);
        } catch (IOException e) {
            throw broken.apply(late ? "too slow" : e.getClass().getSimpleName());
        } finally {
            alarm.cancel(false);
        }
        if (late) {
            throw broken.apply("too slow");
        }
        left -= Math.max(0, read);
        if (left < 0) {
            throw tooLarge.get();
        }
        return read;
    }

    private void tooLate() {
        late = true;
        end.run();
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        super.close();
        end.run();
    }
}
