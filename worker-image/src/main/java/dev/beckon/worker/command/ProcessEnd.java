package dev.beckon.worker.command;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.StopSignal;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge of a run's process: SIGTERM becomes the wish to stop, and however the run ends becomes the result document and the
 * exit code.
 */
final class ProcessEnd {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    /** How long SIGTERM waits for a call in flight, and then for saving and releasing. */
    private static final Duration CALL_IN_FLIGHT = Duration.ofSeconds(30);

    private static final Duration LEDGER_AWAY_FOR = Duration.ofSeconds(30);

    private final MountedFiles files;
    private final StopSignal stop;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.INTERNAL.code();

    ProcessEnd(MountedFiles files, StopSignal stop) {
        this.files = files;
        this.stop = stop;
    }

    /** Runs to its end, in order or not. */
    int of(Supplier<Ending> run) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::terminated, "sigterm"));
        Ending ending = ended(run);
        KillPoint.BEFORE_RESULT.here();
        write(ending);
        exitCode = ending.exit().code();
        ended.countDown();
        return exitCode;
    }

    private static Ending ended(Supplier<Ending> run) {
        try {
            return run.get();
        } catch (Ending.Now e) {
            return e.ending();
        } catch (BadInput e) {
            LOG.error("{}", e.getMessage());
            return Ending.fault(ExitCode.BAD_INPUT, e.reason(), e.getMessage());
        } catch (LedgerUnavailableException e) {
            LOG.error("{}", e.getMessage());
            return Ending.later(
                    ExitCode.LEDGER_UNAVAILABLE,
                    Instant.now().plus(LEDGER_AWAY_FOR),
                    "LedgerUnavailable",
                    e.getMessage());
        } catch (LedgerException e) {
            LOG.error("The ledger refused", e);
            return Ending.fault(ExitCode.LEDGER_UNAVAILABLE, "LedgerRefused", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A bug ended the run", e);
            return Ending.fault(
                    ExitCode.INTERNAL, "InternalError", e.getClass().getSimpleName() + ": see the worker's log.");
        }
    }

    /** Runs when the process ends: by itself, then everything is done already; or by SIGTERM. */
    private void terminated() {
        stop.raise();
        try {
            if (!ended.await(CALL_IN_FLIGHT.toMillis(), TimeUnit.MILLISECONDS)) {
                // The call's intent stays open and its lease runs out: a successor asks Telegram what became of it.
                LOG.warn("The call in flight did not end within {} s of the wish to stop", CALL_IN_FLIGHT.toSeconds());
                write(Ending.yielded("StoppedInCall", "Asked to stop; the call in flight is settled later."));
                ProcessExit.now(ExitCode.OK.code());
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted while ending");
        }
        // The JVM's own code for SIGTERM, 143, would hide the run's.
        Runtime.getRuntime().halt(exitCode);
    }

    private void write(Ending ending) {
        Path file = files.at(Paths.RESULT);
        String json = WorkOrders.write(ending.result());
        try {
            if (file.getParent() != null && Files.isDirectory(file.getParent())) {
                Files.writeString(file, json);
            }
        } catch (IOException e) {
            // The ledger tells the same: a lost result costs time, never a person.
            LOG.warn("The result can't be written to {}: {}", file, e.getMessage());
        }
    }
}
