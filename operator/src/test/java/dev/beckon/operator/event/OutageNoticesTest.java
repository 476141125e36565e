package dev.beckon.operator.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageNoticesTest {
    @Test
    void anOutageIsTwoEvents() {
        assertThat(OutageNotices.of(List.of(), ledger("False")).map(Notice::reason))
                .contains("LedgerUnavailable");
        assertThat(OutageNotices.of(ledger("True"), ledger("False")).map(Notice::warning))
                .contains(true);
        assertThat(OutageNotices.of(ledger("False"), ledger("False"))).isEmpty();
        assertThat(OutageNotices.of(ledger("False"), ledger("True")).map(Notice::reason))
                .contains("LedgerAvailable");
        assertThat(OutageNotices.of(ledger("False"), ledger("True")).map(Notice::warning))
                .contains(false);
        assertThat(OutageNotices.of(ledger("True"), ledger("True"))).isEmpty();
        assertThat(OutageNotices.of(List.of(), ledger("True"))).isEmpty();
    }

    @Test
    void thatTheLedgerIsBehindIsOneEvent() {
        assertThat(OutageNotices.of(ledger("True"), behind())).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo("LedgerBehindStatus");
            assertThat(it.warning()).isTrue();
        });
        assertThat(OutageNotices.of(behind(), behind())).isEmpty();
        assertThat(OutageNotices.of(behind(), ledger("True"))).isEmpty();
        assertThat(OutageNotices.of(behind(), ledger("False")).map(Notice::reason))
                .contains("LedgerUnavailable");
    }

    @Test
    void twoOutagesAreToldApart() {
        assertThat(OutageNotices.mark(ledger("False"))).isEqualTo("2026-11-23T12:00:00Z");
        assertThat(OutageNotices.mark(List.of())).isEmpty();
    }

    private static List<Condition> ledger(String status) {
        return List.of(new ConditionBuilder()
                .withType("LedgerAvailable")
                .withStatus(status)
                .withLastTransitionTime("2026-11-23T12:00:00Z")
                .build());
    }

    private static List<Condition> behind() {
        return List.of(new ConditionBuilder(ledger("True").getFirst())
                .withReason("LedgerBehindStatus")
                .withMessage("An older backup was restored.")
                .build());
    }
}
