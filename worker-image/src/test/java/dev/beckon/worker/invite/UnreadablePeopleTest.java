package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A campaign goes on with whom it can read, and says that there are others. */
class UnreadablePeopleTest extends OnStage {
    /** Another key's number in Tink's prefix. */
    private static final String OF_OTHER_KEYS = "CONCAT(X'01DEADBEEF', SUBSTRING(identity, 6))";

    private static final String DAMAGED = "CONCAT(identity, X'00')";

    private Orders orders;

    /** The first of three was invited; two wait for the next day. */
    @BeforeEach
    void begin() {
        open(MEETUPS);
        orders = Orders.of(alice).limits(1, 1, 5, 100).people(ALL);
        stage.invite(orders.build());
        assertThat(counts(orders).pending()).isEqualTo(2);
        stage.world().advanceClock(Duration.ofHours(25));
        orders.limits(40, 40, 5, 100);
    }

    private void rowsBecome(String identity, int most) {
        stage.database()
                .execute("UPDATE beckon_invite.person SET identity = " + identity + " WHERE state = 'Pending'"
                        + " AND campaign_id = (SELECT campaign_id FROM beckon_invite.campaign WHERE campaign_uid = '"
                        + orders.campaign() + "') ORDER BY ordinal LIMIT " + most);
    }

    private void tells(String sentence) {
        assertThat(stage.report(orders.campaign()).lastError()).hasValueSatisfying(error -> {
            assertThat(error.reason()).isEqualTo("Unreadable");
            assertThat(error.message()).contains(sentence);
        });
    }

    @Test
    void thoseBehindOneOfOtherKeysAreContacted() {
        rowsBecome(OF_OTHER_KEYS, 1);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("Retry");
        Counts counts = counts(orders);
        assertThat(counts.invited()).isEqualTo(2);
        assertThat(counts.pending()).isEqualTo(1);
        tells("Put the keys.json of the installation");
    }

    @Test
    void whereNobodyCanBeReadNobodyIsGivenUp() {
        rowsBecome(OF_OTHER_KEYS, 2);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(counts(orders).pending()).isEqualTo(2);
        assertThat(counts(orders).failed()).isZero();
        tells("Put the keys.json of the installation");
    }

    @Test
    void whoseRowNobodyCanReadAnyMoreIsGivenUp() {
        rowsBecome(DAMAGED, 1);
        Counts counts = completed(orders);
        assertThat(counts.invited()).isEqualTo(2);
        assertThat(counts.failed()).isEqualTo(1);
        tells("nobody can read it any more");
    }

    @Test
    void ofManySuchAPersonIsAskedToLook() {
        rowsBecome(DAMAGED, 2);
        orders.breaker(0.5, 2);
        Ending ending = stage.invite(orders.build());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(ending.result().reason()).isEqualTo("FailureRatio");
        assertThat(counts(orders).failed()).isEqualTo(1);
        assertThat(counts(orders).pending()).isEqualTo(1);
    }
}
