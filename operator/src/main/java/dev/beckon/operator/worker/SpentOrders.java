package dev.beckon.operator.worker;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which work orders no run needs any more. Pure. */
public final class SpentOrders {
    private SpentOrders() {}

    /**
     * Runs whose work order is to be removed, one for each order.
     *
     * @param runs of the owner, as the cluster has them
     * @param shown names of the Jobs that the owner's last status showed at work
     * @param gone finds a Job that was deleted
     * @param kept names of orders that Jobs to come will use
     * @param all whether also the orders of runs that ended earlier are removed
     */
    public static List<WorkerRun> of(
            List<WorkerRun> runs,
            Collection<String> shown,
            Function<String, Optional<WorkerRun>> gone,
            Collection<String> kept,
            boolean all) {
        Set<String> needed = Stream.concat(kept.stream(), needed(runs)).collect(Collectors.toUnmodifiableSet());
        Set<String> present = runs.stream().map(WorkerRun::name).collect(Collectors.toUnmodifiableSet());
        Stream<WorkerRun> ended =
                runs.stream().filter(WorkerRun::ended).filter(run -> all || shown.contains(run.name()));
        Stream<WorkerRun> deleted =
                shown.stream().filter(name -> !present.contains(name)).flatMap(name -> gone.apply(name).stream());
        return Stream.concat(ended, deleted)
                .filter(run -> !run.workOrder().isEmpty() && !needed.contains(run.workOrder()))
                .collect(Collectors.toMap(WorkerRun::workOrder, Function.identity(), (first, second) -> first))
                .values()
                .stream()
                .toList();
    }

    /** Those of the orders that no run mounts any more, or will. */
    public static List<String> of(Collection<String> orders, List<WorkerRun> runs) {
        Set<String> needed = needed(runs).collect(Collectors.toUnmodifiableSet());
        return orders.stream().filter(order -> !needed.contains(order)).toList();
    }

    private static Stream<String> needed(List<WorkerRun> runs) {
        return runs.stream().filter(run -> !run.ended()).map(WorkerRun::workOrder);
    }
}
