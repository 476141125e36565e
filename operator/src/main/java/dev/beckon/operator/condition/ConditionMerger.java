package dev.beckon.operator.condition;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Merges what a pass says with the conditions that stood there. {@code lastTransitionTime} moves only when a condition's
 * status does (Kubernetes API conventions, "Typical status properties"), so that a pass that finds nothing new writes
 * nothing.
 */
public final class ConditionMerger {
    /** What a schema of Kubernetes allows ({@code metav1.Condition}). */
    static final int LONGEST_MESSAGE = 32_768;

    private static final Set<ConditionType> LASTING =
            EnumSet.of(ConditionType.LastAction, ConditionType.LedgerAvailable);

    private ConditionMerger() {}

    /**
     * @param previous what the resource's status says; {@link ConditionType#LastAction}, and {@link ConditionType#LedgerAvailable}
     *     while the ledger is being asked, are kept when nothing new is said of them, every other type is dropped then
     * @return one condition per type, in the order of {@link ConditionType}
     */
    public static List<Condition> merge(List<Condition> previous, Verdict verdict, long generation, Instant now) {
        Map<String, Condition> before = previous.stream()
                .collect(Collectors.toMap(Condition::getType, Function.identity(), (first, second) -> first));
        List<Condition> merged = new ArrayList<>();
        for (ConditionType type : ConditionType.values()) {
            Optional<Condition> old = Optional.ofNullable(before.get(type.name()));
            Verdict.Said said = verdict.conditions().get(type);
            if (said != null) {
                merged.add(condition(type, said, old, generation, now));
            } else if (LASTING.contains(type)) {
                old.ifPresent(merged::add);
            }
        }
        return List.copyOf(merged);
    }

    /** All conditions as they were but for one, of which something new is said. */
    public static List<Condition> replace(
            List<Condition> previous, ConditionType type, Verdict.Said said, long generation, Instant now) {
        Optional<Condition> old = type.in(previous);
        List<Condition> replaced = new ArrayList<>(previous);
        old.ifPresent(replaced::remove);
        replaced.add(condition(type, said, old, generation, now));
        return List.copyOf(replaced);
    }

    private static Condition condition(
            ConditionType type, Verdict.Said said, Optional<Condition> old, long generation, Instant now) {
        String status = said.status() ? "True" : "False";
        String since = old.filter(it -> status.equals(it.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ConditionBuilder()
                .withType(type.name())
                .withStatus(status)
                .withReason(said.reason().name())
                .withMessage(said.message()
                        .substring(0, Math.min(LONGEST_MESSAGE, said.message().length())))
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }
}
