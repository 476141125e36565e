package dev.beckon.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConditionMergerTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    @Provide
    Arbitrary<Verdict> verdicts() {
        Arbitrary<Reason> reasons = Arbitraries.of(Reason.class);
        Arbitrary<String> messages = Arbitraries.strings().alpha().ofMaxLength(20);
        Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 3);
        Arbitrary<ConditionType> goals = Arbitraries.of(ConditionType.Succeeded, ConditionType.Ready);
        Arbitrary<Verdict> plain = Combinators.combine(kinds, goals, reasons, messages)
                .as((kind, goal, reason, message) -> switch (kind) {
                    case 0 -> Verdict.reached(goal, reason, message);
                    case 1 -> Verdict.underWay(goal, reason, message);
                    case 2 -> Verdict.stalled(goal, reason, message);
                    default -> Verdict.resting(goal, reason, message);
                });
        return Combinators.combine(plain, Arbitraries.of(true, false), Arbitraries.of(true, false), reasons)
                .as((verdict, more, status, reason) ->
                        more ? verdict.and(ConditionType.LastAction, status, reason, "x") : verdict);
    }

    @Property
    void sayingTheSameAgainChangesNothing(@ForAll("verdicts") Verdict verdict) {
        List<Condition> once = ConditionMerger.merge(List.of(), verdict, 1, START);

        assertThat(ConditionMerger.merge(once, verdict, 1, START.plusSeconds(60)))
                .isEqualTo(once);
    }

    @Property
    void aTransitionTimeMovesExactlyWhenTheStatusDoes(
            @ForAll("verdicts") Verdict first, @ForAll("verdicts") Verdict second) {
        List<Condition> before = ConditionMerger.merge(List.of(), first, 1, START);
        Instant later = START.plusSeconds(60);

        for (Condition now : ConditionMerger.merge(before, second, 2, later)) {
            boolean same = before.stream()
                    .anyMatch(it ->
                            it.getType().equals(now.getType()) && it.getStatus().equals(now.getStatus()));
            assertThat(now.getLastTransitionTime()).isEqualTo((same ? START : later).toString());
        }
    }

    @Property
    void eachTypeStandsOnceAndInOrder(@ForAll("verdicts") Verdict first, @ForAll("verdicts") Verdict second) {
        List<String> types =
                ConditionMerger.merge(ConditionMerger.merge(List.of(), first, 1, START), second, 2, START).stream()
                        .map(Condition::getType)
                        .toList();

        assertThat(types).doesNotHaveDuplicates();
        assertThat(types.stream().map(ConditionType::valueOf).toList()).isSorted();
    }

    @Property
    void neverIsAResourceBothUnderWayAndStalled(@ForAll("verdicts") Verdict verdict) {
        List<Condition> merged = ConditionMerger.merge(List.of(), verdict, 1, START);

        assertThat(merged.stream()
                        .filter(it -> it.getType().equals("Reconciling")
                                || it.getType().equals("Stalled"))
                        .filter(it -> it.getStatus().equals("True")))
                .hasSizeLessThan(2);
    }

    /** Whatever the kind speaks of now: the last word on the other must not stay beside it. */
    @Property
    void aGoalThatIsNoneAnyMoreGoes(@ForAll("verdicts") Verdict first, @ForAll("verdicts") Verdict second) {
        List<Condition> merged =
                ConditionMerger.merge(ConditionMerger.merge(List.of(), first, 1, START), second, 2, START);

        assertThat(merged.stream().map(Condition::getType).filter(List.of("Succeeded", "Ready")::contains))
                .hasSize(1)
                .allMatch(goal -> second.conditions().containsKey(ConditionType.valueOf(goal)));
    }

    @Property
    void whatBecameOfAnAnnotationStays(@ForAll("verdicts") Verdict verdict) {
        Verdict.Said said = new Verdict.Said(true, Reason.Acknowledged, "beckon.dev/acknowledge=x: closed");
        List<Condition> before = ConditionMerger.replace(List.of(), ConditionType.LastAction, said, 1, START);

        boolean saysAnew = verdict.conditions().containsKey(ConditionType.LastAction);
        assertThat(ConditionMerger.merge(before, verdict, 2, START.plusSeconds(1))
                        .contains(before.getFirst()))
                .isEqualTo(!saysAnew);
    }

    @Property
    void whatWasSaidOfTheLedgerStandsWhileItIsBeingAsked(@ForAll("verdicts") Verdict verdict) {
        Verdict known = verdict.and(ConditionType.LedgerAvailable, true, Reason.Connected, "The ledger answers.");
        List<Condition> before = ConditionMerger.merge(List.of(), known, 1, START);

        List<Condition> after = ConditionMerger.merge(before, verdict, 1, START.plusSeconds(60));

        assertThat(after).isEqualTo(before);
    }
}
