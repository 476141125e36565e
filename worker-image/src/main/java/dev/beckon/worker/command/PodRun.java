package dev.beckon.worker.command;

import dev.beckon.worker.Ending;
import dev.beckon.worker.StopSignal;
import dev.beckon.worker.settings.MountedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pod's one run. A Deployment's container is started again whenever it ends, in order or not; but what follows from a run's
 * end is the operator's to decide, as for a Job: whose turn it is next, and when. So the second start touches neither
 * lease nor session, and waits until the operator has taken the pod away.
 */
final class PodRun {
    private static final Logger LOG = LoggerFactory.getLogger(PodRun.class);

    /** In a volume of the pod's memory: it outlives the container and not the pod. */
    private static final String MARK = "/tmp/beckon-run";

    private static final Duration NAP = Duration.ofHours(1);

    private PodRun() {}

    /** Whether this is the pod's first start. */
    static boolean begins(MountedFiles files) {
        Path mark = files.at(MARK);
        try {
            Files.createDirectories(mark.getParent());
            Files.createFile(mark);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The pod's /tmp can't be written", e);
        }
    }

    /** Until the process is asked to stop. */
    static Ending over(StopSignal stop) {
        LOG.info("This pod has had its run: waits to be removed");
        while (!stop.isRaised()) {
            stop.sleep(NAP);
        }
        return Ending.yielded("Stopped", "The pod had had its run.");
    }
}
