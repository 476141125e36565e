package dev.beckon.gateway;

import java.time.Duration;
import org.jboss.logging.Logger;

/** Something that is done at once and then again and again, by a thread of its own that no fault ends. */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final String name;
    private final Duration pace;
    private final Runnable work;
    private final Thread thread;

    /** @param pace from the end of one round to the beginning of the next */
    public Rounds(String name, Duration pace, Runnable work) {
        this.name = name;
        this.pace = pace;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::go);
    }

    public void start() {
        thread.start();
    }

    private void go() {
        try {
            while (true) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warnf("%s: %s", name, e.getMessage());
                }
                Thread.sleep(pace);
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s: ends", name);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
