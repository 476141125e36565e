package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Hook;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whoever has a webhook's token may post what they like: it brings nobody more than one contact, and the account not over its limits. */
class WebhookFloodTest extends Misuse {
    private static final String BOBBY = "+491700000010";
    private static final String CAROL = "+491700000011";
    private static final int FLOOD = 60;

    private Orders webhook() {
        return links().webhook(Duration.ofMinutes(1));
    }

    @Test
    void onePersonUnderSixtyEvents() {
        Orders orders = webhook();
        try (Hook hook = stage.hook(orders)) {
            for (int event = 0; event < FLOOD; event++) {
                hook.comes(BOBBY, "event-" + event);
            }
            run(orders);
        }
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(stage.report(orders.campaign()).counts().total()).isEqualTo(1);
    }

    @Test
    void onePersonDayAfterDay() {
        Orders orders = webhook();
        try (Hook hook = stage.hook(orders)) {
            for (int day = 0; day < 5; day++) {
                hook.comes(BOBBY, "day-" + day);
                run(orders);
                pass(Duration.ofHours(26));
            }
        }
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @Test
    void onePersonToTheWebhooksOfTwoCampaigns() {
        Orders first = webhook();
        Orders second = webhook().target("@second_meetup");
        try (Hook one = stage.hook(first)) {
            one.comes(BOBBY);
            run(first);
        }
        try (Hook other = stage.hook(second)) {
            other.comes(BOBBY);
            waits(run(second), second, "bobby", 1, "FrequencyCap");
        }
    }

    @Test
    void morePeopleThanTheAccountMayContact() {
        Orders orders = webhook().limits(1, 1, 5, 100);
        try (Hook hook = stage.hook(orders)) {
            hook.comes(BOBBY);
            hook.comes(CAROL);
            Ending ending = run(orders);
            assertThat(ending.result().reason()).isEqualTo("DailyLimit");
            run(orders);
        }
        assertThat(calls("bobby") + calls("carol")).isEqualTo(1);
    }

    @Test
    void numbersOfNobodySpendNoMoreLookUpsThanADayHas() {
        Orders orders = webhook().limits(40, 40, 5, 3);
        try (Hook hook = stage.hook(orders)) {
            for (int person = 0; person < FLOOD; person++) {
                hook.comes("+4915220%06d".formatted(person));
            }
            Ending ending = run(orders);
            assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
            assertThat(ending.result().reason()).isEqualTo("DailyLimit");
        }
        assertThat(stage.report(orders.campaign()).counts().pending()).isGreaterThanOrEqualTo(FLOOD - 3);
    }

    @Test
    void whoOptedOutAndIsPostedAllTheSame() {
        stage.ledger().suppressions().add(List.of(Identities.ofPhone(BOBBY)), OptionalLong.empty(), "AskedByMail");
        Orders orders = webhook();
        try (Hook hook = stage.hook(orders)) {
            hook.comes(BOBBY, "first");
            hook.comes(BOBBY, "second");
            run(orders);
        }
        refused(orders, "bobby", 0, "Suppressed");
    }

    @Test
    void withoutABasis() {
        Orders orders = webhook().mode(Mode.LinkOnly);
        try (Hook hook = stage.hook(orders)) {
            assertThat(hook.comes(BOBBY, Consent.Basis.Unknown)).isEqualTo(Receipt.Fate.NoConsent);
            run(orders);
        }
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void atNightForWhomTheDayHadNoRoom() {
        Orders orders = webhook();
        try (Hook hook = stage.hook(orders)) {
            hook.comes(BOBBY);
            pass(Duration.ofHours(13));
            waits(run(orders), orders, "bobby", 0, "QuietHours");
        }
    }
}
