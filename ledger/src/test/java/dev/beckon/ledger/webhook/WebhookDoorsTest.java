package dev.beckon.ledger.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class WebhookDoorsTest {
    private final WebhookFixture hook = new WebhookFixture();
    private final WebhookDoors doors = hook.operator.webhooks();

    @AfterEach
    void close() {
        hook.close();
    }

    private boolean takesIn(FoundDoor door) {
        return hook.gateway
                .queue()
                .accept(door, List.of(hook.event(LedgerFixture.phone())))
                .isPresent();
    }

    @Test
    void aDoorIsFoundByItsNameAndOpensToItsSecretOnly() {
        FoundDoor door = hook.opened();
        assertThat(door.campaignUid()).isEqualTo(hook.campaign);
        assertThat(door.closedBecause()).isEmpty();
        DoorSeal seal = hook.gateway.seal();
        assertThat(seal.isToken(door, WebhookFixture.TOKEN)).isTrue();
        assertThat(seal.isToken(door, WebhookFixture.TOKEN + "x")).isFalse();
        assertThat(seal.isToken(FoundDoor.NONE, WebhookFixture.TOKEN)).isFalse();
        assertThat(seal.signingKey(door).orElseThrow())
                .isEqualTo(WebhookFixture.SIGNING_KEY.getBytes(StandardCharsets.UTF_8));
        assertThat(new DoorSeal(LedgerKeys.generate()).isToken(door, WebhookFixture.TOKEN))
                .isFalse();
        assertThat(new DoorSeal(hook.fixture.keys.withNewLookupKey()).isToken(door, WebhookFixture.TOKEN))
                .isTrue();
        assertThat(hook.find("team", "another")).isEmpty();
        assertThat(hook.find("other", hook.name)).isEmpty();
    }

    /** The one thing that is closed with the newest look-up key alone: gateways get an added one first. */
    @Test
    void aDoorThatWasClosedWithAnAddedLookupKeyOpensToNoGatewayThatHasItNot() {
        LedgerKeys extended = hook.fixture.keys.withNewLookupKey();
        Door door = hook.door();
        doors.open(new Door(
                door.namespace(),
                door.name(),
                door.campaignUid(),
                door.accountUids(),
                new DoorSeal(extended)
                        .seal(
                                hook.campaign,
                                Optional.of(WebhookFixture.TOKEN),
                                Optional.of(WebhookFixture.SIGNING_KEY)),
                door.consent(),
                door.dedupWindow(),
                door.eventsPerMinute()));
        FoundDoor found = hook.found();
        assertThat(hook.gateway.seal().isToken(found, WebhookFixture.TOKEN)).isFalse();
        assertThat(new DoorSeal(extended).isToken(found, WebhookFixture.TOKEN)).isTrue();
        assertThat(hook.gateway.seal().signingKey(found)).isPresent();
    }

    @Test
    void theSameDoorAgainWritesNothing() {
        assertThat(doors.open(hook.door())).isTrue();
        long version = hook.found().version();
        long stamp = hook.gateway.doors().stamp();
        assertThat(doors.open(hook.door())).isFalse();
        assertThat(hook.gateway.doors().stamp()).isEqualTo(stamp);
        assertThat(hook.found().version()).isEqualTo(version);
        assertThat(doors.open(hook.door(Consent.of(Consent.Basis.Contract), hook.account)))
                .isTrue();
        assertThat(hook.found().version()).isEqualTo(version + 1);
        assertThat(hook.gateway.doors().stamp()).isNotEqualTo(stamp);
        assertThat(hook.found().consent().basis()).isEqualTo(Consent.Basis.Contract);
    }

    @Test
    void aClosedDoorTakesNobodyInWhateverAGatewayRemembers() {
        FoundDoor remembered = hook.opened();
        assertThat(doors.close(hook.campaign, "The campaign has ended.")).isTrue();
        assertThat(doors.close(hook.campaign, "The campaign has ended.")).isFalse();
        assertThat(takesIn(remembered)).isFalse();
        assertThat(hook.found().closedBecause()).contains("The campaign has ended.");
        assertThat(takesIn(hook.found())).isFalse();
        FoundDoor reopened = hook.opened();
        assertThat(takesIn(remembered)).isFalse();
        assertThat(takesIn(reopened)).isTrue();
    }

    @Test
    void aDoorTakesNobodyInFromItsDeadlineOnThoughNobodyClosesIt() {
        Instant deadline = hook.fixture.clock.instant().plusSeconds(60);
        doors.open(hook.door(Optional.of(deadline), ""));
        FoundDoor door = hook.found();
        assertThat(door.deadline()).contains(deadline);
        hook.fixture.clock.advance(Duration.ofMillis(59_999));
        assertThat(door.isOver(hook.fixture.clock.instant())).isFalse();
        assertThat(takesIn(door)).isTrue();
        hook.fixture.clock.advance(Duration.ofMillis(1));
        assertThat(door.isOver(hook.fixture.clock.instant())).isTrue();
        assertThat(takesIn(door)).isFalse();
        assertThat(hook.fixture.report(hook.campaign).counts().pending()).isEqualTo(1);

        assertThat(doors.open(hook.door(Optional.of(deadline.plusSeconds(60)), "")))
                .as("a later deadline is written")
                .isTrue();
        assertThat(takesIn(hook.found())).isTrue();
        assertThat(doors.open(hook.door(Optional.empty(), ""))).as("and none").isTrue();
        assertThat(hook.found().deadline()).isEmpty();
    }

    @Test
    void doorsOfAnotherClusterAreNotAmongThoseOfAnOperator() {
        String ours = LedgerFixture.uid();
        doors.open(hook.door());
        assertThat(doors.known(ours)).as("nobody knows whose it is").contains(hook.campaign);
        assertThat(doors.open(hook.door(Optional.empty(), ours)))
                .as("its operator says so")
                .isTrue();
        assertThat(doors.open(hook.door(Optional.empty(), ours))).isFalse();
        assertThat(doors.known(ours)).contains(hook.campaign);
        assertThat(doors.known(LedgerFixture.uid())).doesNotContain(hook.campaign);
        assertThat(doors.known("")).doesNotContain(hook.campaign);
        assertThat(doors.known(ours, Optional.of(hook.door().namespace()))).contains(hook.campaign);
        assertThat(doors.known(ours, Optional.of("elsewhere"))).doesNotContain(hook.campaign);
        doors.close(hook.campaign, "x");
        assertThat(doors.known(LedgerFixture.uid())).doesNotContain(hook.campaign);
        assertThat(doors.known(ours)).contains(hook.campaign);
    }

    @Test
    void aTokenThatWasReplacedLetsNobodyInAnyMore() {
        FoundDoor remembered = hook.opened();
        Door door = hook.door();
        doors.open(new Door(
                door.namespace(),
                door.name(),
                door.campaignUid(),
                door.accountUids(),
                hook.seal.seal(hook.campaign, Optional.of("another-token-of-callers"), Optional.empty()),
                door.consent(),
                door.dedupWindow(),
                door.eventsPerMinute()));
        assertThat(takesIn(remembered)).isFalse();
        assertThat(hook.seal.isToken(hook.found(), WebhookFixture.TOKEN)).isFalse();
        assertThat(hook.seal.signingKey(hook.found())).isEmpty();
    }

    @Test
    void whatWasDeletedIsNotFoundAndItsNameMayBeUsedAgain() {
        FoundDoor remembered = hook.opened();
        assertThat(doors.known("")).contains(hook.campaign);
        assertThat(doors.gone(hook.campaign)).isTrue();
        assertThat(doors.gone(hook.campaign)).isFalse();
        assertThat(doors.known("")).doesNotContain(hook.campaign);
        assertThat(hook.find("team", hook.name)).isEmpty();
        assertThat(takesIn(remembered)).isFalse();
        assertThat(doors.close(hook.campaign, "x")).isFalse();

        String successor = LedgerFixture.uid();
        Door door = hook.door();
        doors.open(new Door(
                door.namespace(),
                door.name(),
                successor,
                door.accountUids(),
                hook.seal.seal(successor, Optional.of(WebhookFixture.TOKEN), Optional.empty()),
                door.consent(),
                door.dedupWindow(),
                door.eventsPerMinute()));
        assertThat(hook.found().campaignUid()).isEqualTo(successor);
    }

    @Test
    void aCampaignWithoutADoorCanBeClosed() {
        assertThat(doors.close(LedgerFixture.uid(), "x")).isFalse();
        assertThat(doors.gone(LedgerFixture.uid())).isFalse();
    }

    @Test
    void aWeakSecretIsRefusedWithASentence() {
        assertThat(DoorSeal.problem(Optional.empty(), Optional.empty()).orElseThrow())
                .contains("token and signing-key");
        assertThat(DoorSeal.problem(Optional.of("short"), Optional.empty()).orElseThrow())
                .contains("token has 5 characters");
        assertThat(DoorSeal.problem(Optional.empty(), Optional.of("a-key-with-a-line-end\n"))
                        .orElseThrow())
                .contains("signing-key", "printf");
        assertThat(DoorSeal.problem(Optional.of(WebhookFixture.TOKEN), Optional.empty()))
                .isEmpty();
        assertThatThrownBy(() -> hook.seal.seal("uid", Optional.of("short"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short");
    }
}
