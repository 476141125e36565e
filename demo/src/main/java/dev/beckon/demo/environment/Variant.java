package dev.beckon.demo.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a test's environment differs from the one that people are shown.
 *
 * @param worker the program behind the worker's image; absent for the released one
 * @param operatorSettings environment variables added to the operator's Deployment, as an installation would tune it
 */
public record Variant(Optional<WorkerImage> worker, Map<String, String> operatorSettings) {
    /** What the demo shows. */
    public static final Variant NONE = new Variant(Optional.empty(), Map.of());

    /** Says which program it is, once the simulator runs. */
    @FunctionalInterface
    public interface WorkerImage {
        /** @param telegram the simulator that runs: whose address the program has to be told */
        Program program(SimulatorProcess telegram);
    }

    /**
     * An entry of the image table.
     *
     * @param command the entry point; the pod brings the arguments
     * @param environment may refer to {@code $(HOSTNAME)}, the pod's name
     * @param files of this machine that the program consists of: a pod's own /tmp does not hide them
     */
    public record Program(List<String> command, Map<String, String> environment, List<Path> files) {}
}
