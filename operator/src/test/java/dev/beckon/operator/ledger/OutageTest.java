package dev.beckon.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.Outage.Kept;
import dev.beckon.operator.ledger.Outage.Told;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Verdict AWAY = Verdict.underWay(ConditionType.Succeeded, Reason.LedgerUnavailable, "Away.");

    @Test
    void aReasonThatNeedsAPersonIsKept() {
        Kept kept = tell(new Told(stalled("ChatNotFound"), 1L, "ChatNotFound", null), 1);

        assertThat(kept.conditions().conditions().get(ConditionType.Stalled))
                .isEqualTo(new Verdict.Said(true, Reason.ChatNotFound, "So it is."));
        assertThat(kept.waitingFor()).contains(Reason.ChatNotFound);
        assertThat(kept.next()).isEmpty();
    }

    @Test
    void aReasonThatNeedsAPersonIsKeptWithoutATimeThatHasPassed() {
        Kept kept = tell(new Told(stalled("ContentMissing"), 1L, "ContentMissing", NOW.minusSeconds(1)), 1);

        assertThat(kept.waitingFor()).contains(Reason.ContentMissing);
        assertThat(kept.next()).isEmpty();
    }

    @Test
    void aTimeToComeIsKept() {
        Kept kept = tell(new Told(waiting("QuietHours"), 1L, "QuietHours", NOW.plusSeconds(1)), 1);

        assertThat(kept.waitingFor()).contains(Reason.QuietHours);
        assertThat(kept.next()).contains(NOW.plusSeconds(1));
    }

    @Test
    void aTimeThatHasComeWaitsForTheLedger() {
        waitsForTheLedger(tell(new Told(waiting("QuietHours"), 1L, "QuietHours", NOW), 1));
    }

    @Test
    void workThatWouldGoOnWaitsForTheLedger() {
        waitsForTheLedger(tell(new Told(waiting("Running"), 1L, null, null), 1));
    }

    @Test
    void whatWasEditedWasNotJudgedSince() {
        waitsForTheLedger(tell(new Told(stalled("ChatNotFound"), 1L, "ChatNotFound", null), 2));
    }

    @Test
    void aReasonOfAnotherReleaseIsNotKept() {
        waitsForTheLedger(tell(new Told(stalled("FromTheFuture"), 1L, "FromTheFuture", null), 1));
    }

    @Test
    void whatIsNewWaitsForTheLedger() {
        waitsForTheLedger(tell(Told.NOTHING, 1));
    }

    private static void waitsForTheLedger(Kept kept) {
        assertThat(kept).isEqualTo(new Kept(AWAY, Optional.of(Reason.LedgerUnavailable), Optional.empty()));
    }

    private static Kept tell(Told before, long generation) {
        return Outage.tell(before, generation, NOW, () -> AWAY);
    }

    private static List<Condition> stalled(String reason) {
        return conditions(reason, "False", "True");
    }

    private static List<Condition> waiting(String reason) {
        return conditions(reason, "True", "False");
    }

    private static List<Condition> conditions(String reason, String reconciling, String stalled) {
        List<Condition> conditions = new ArrayList<>(ledger("True"));
        conditions.add(condition("Succeeded", "False", reason));
        conditions.add(condition("Reconciling", reconciling, reason));
        conditions.add(condition("Stalled", stalled, reason));
        return conditions;
    }

    private static List<Condition> ledger(String status) {
        return List.of(condition("LedgerAvailable", status, "Connected"));
    }

    private static Condition condition(String type, String status, String reason) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage("So it is.")
                .build();
    }
}
