package dev.beckon.ledger.webhook;

import static dev.beckon.ledger.webhook.Receipt.Fate.Accepted;
import static dev.beckon.ledger.webhook.Receipt.Fate.Duplicate;
import static dev.beckon.ledger.webhook.Receipt.Fate.NoConsent;
import static dev.beckon.ledger.webhook.Receipt.Fate.Suppressed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.LedgerAudit;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.testing.BreakingDataSource;
import dev.beckon.ledger.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class WebhookQueueTest {
    private final WebhookFixture hook = new WebhookFixture();
    private final LedgerFixture fixture = hook.fixture;
    private final String phone = LedgerFixture.phone();

    @AfterEach
    void close() {
        LedgerAudit.assertTallyIsTrue(fixture.database, hook.campaign);
        hook.close();
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    @Test
    void whoComesInIsAPersonLikeAnyOther() {
        FoundDoor door = hook.opened();
        WebhookEvent event = new WebhookEvent(
                new Person(
                        Identities.ofPhone(phone),
                        Optional.of("Ann"),
                        Optional.of("de"),
                        new Consent(
                                Consent.Basis.OptIn, Optional.of("pressed 1"), Optional.of("2026-11-23T10:00:00Z"))),
                Optional.of("call-1"),
                Optional.empty(),
                now());
        Receipt receipt = hook.take(door, event);
        assertThat(receipt).isEqualTo(new Receipt(1, Accepted));
        assertThat(fixture.report(hook.campaign).imported()).isTrue();
        assertThat(fixture.report(hook.campaign).counts())
                .isEqualTo(new CampaignReport.Counts(1, 1, 0, 0, 0, 0, 0, 0, 0));

        Lease lease = fixture.lease(hook.account);
        Claim claim = fixture.claim(lease, hook.campaign);
        assertThat(claim.ordinal()).isEqualTo(1);
        assertThat(claim.askedAt()).contains(now());
        assertThat(claim.person()).isEqualTo(event.person());
        var intent = fixture.open(lease, claim, Action.Invite);
        fixture.ledger.intents().settle(lease, intent, Settlement.invited());

        assertThat(hook.log())
                .extracting(
                        OutcomeLog.Row::ordinal,
                        OutcomeLog.Row::action,
                        row -> row.status().name())
                .containsExactly(Tuple.tuple(1L, "Webhook", "Accepted"), Tuple.tuple(1L, "Invite", "Invited"));
        assertThat(fixture.ledger.claims().next(lease, hook.campaign)).isInstanceOf(ClaimResult.Exhausted.class);
    }

    @Test
    void anEventThatComesAgainIsTheFirstOne() {
        FoundDoor door = hook.opened();
        assertThat(hook.take(door, hook.event(phone, "a"))).isEqualTo(new Receipt(1, Accepted));
        assertThat(hook.take(door, hook.event(phone, "a"))).isEqualTo(new Receipt(1, Duplicate));
        // Whoever it names now: the id is what the caller gave it.
        assertThat(hook.take(door, hook.event(LedgerFixture.phone(), "a"))).isEqualTo(new Receipt(1, Duplicate));
        assertThat(fixture.report(hook.campaign).counts().total()).isEqualTo(1);
        assertThat(fixture.report(hook.campaign).lines()).containsExactly(new CampaignReport.LineCount("Duplicate", 2));
        assertThat(hook.log())
                .extracting(OutcomeLog.Row::ordinal, OutcomeLog.Row::reason, OutcomeLog.Row::raw)
                .contains(Tuple.tuple(3L, "Duplicate", Optional.of("Came before, as event 1.")));
    }

    @Test
    void aRequestThatIsReplayedIsKnownByItsSignature() {
        FoundDoor door = hook.opened();
        WebhookEvent first = hook.event(phone, "a");
        WebhookEvent signed = new WebhookEvent(first.person(), first.eventId(), Optional.of("ab12"), now());
        WebhookEvent replayed = new WebhookEvent(
                hook.event(LedgerFixture.phone()).person(), Optional.of("b"), Optional.of("ab12"), now());
        assertThat(hook.take(door, signed).fate()).isEqualTo(Accepted);
        assertThat(hook.take(door, replayed)).isEqualTo(new Receipt(1, Duplicate));
    }

    @Test
    void aPersonIsInACampaignOnceWhateverTheEventIsCalledAndHoweverLateItComes() {
        FoundDoor door = hook.opened();
        hook.take(door, hook.event(phone, "a"));
        assertThat(hook.take(door, hook.event(phone, "b"))).isEqualTo(new Receipt(1, Duplicate));
        assertThat(hook.take(door, hook.event(phone))).isEqualTo(new Receipt(1, Duplicate));
        fixture.clock.advance(Duration.ofDays(30));
        assertThat(hook.take(door, hook.event(phone))).isEqualTo(new Receipt(1, Duplicate));
        assertThat(hook.take(door, hook.event(phone, "a"))).isEqualTo(new Receipt(1, Duplicate));
        assertThat(fixture.report(hook.campaign).counts().pending()).isEqualTo(1);
    }

    @Test
    void anIdMayBeUsedAgainAfterTheWindowAndWhatWasSeenIsForgotten() {
        FoundDoor door = hook.opened();
        hook.take(door, hook.event(phone, "a"));
        fixture.clock.advance(Door.DEFAULT_DEDUP_WINDOW.minusMillis(1));
        assertThat(hook.take(door, hook.event(LedgerFixture.phone(), "a")).fate())
                .isEqualTo(Duplicate);
        fixture.clock.advance(Duration.ofMillis(1));
        assertThat(hook.take(door, hook.event(LedgerFixture.phone(), "a")).fate())
                .isEqualTo(Accepted);
        fixture.clock.advance(Door.DEFAULT_DEDUP_WINDOW);
        assertThat(hook.gateway.queue().forget()).isPositive();
        assertThat(hook.gateway.queue().forget()).isZero();
    }

    @Test
    void whoOptedOutIsLoggedAndNeverContacted() {
        FoundDoor door = hook.opened();
        fixture.ledger.suppressions().add(List.of(Identities.ofPhone(phone)), OptionalLong.empty(), "OptedOut");
        assertThat(hook.take(door, hook.event(phone))).isEqualTo(new Receipt(1, Suppressed));
        assertThat(hook.take(door, hook.event(phone))).isEqualTo(new Receipt(1, Duplicate));
        assertThat(fixture.report(hook.campaign).counts())
                .isEqualTo(new CampaignReport.Counts(1, 0, 0, 0, 0, 0, 0, 1, 0));
        assertThat(hook.log().getFirst().reason()).isEqualTo("Suppressed");
    }

    @Test
    void whoNamesNoBasisIsLoggedAndMayComeAgainWithOne() {
        FoundDoor door = hook.opened();
        WebhookEvent without = hook.event(phone, Optional.of("a"), Consent.Basis.Unknown);
        assertThat(hook.take(door, without)).isEqualTo(new Receipt(1, NoConsent));
        assertThat(hook.take(door, hook.event(phone, "a"))).isEqualTo(new Receipt(2, Accepted));
        Claim claim = fixture.claim(fixture.lease(hook.account), hook.campaign);
        assertThat(claim.ordinal()).isEqualTo(2);
    }

    @Test
    void onlyWhoOptedInMayBeAnsweredAtAnyHour() {
        FoundDoor door = hook.opened();
        hook.take(door, hook.event(phone, Optional.empty(), Consent.Basis.Contract));
        assertThat(fixture.claim(fixture.lease(hook.account), hook.campaign).askedAt())
                .isEmpty();
    }

    @Test
    void whoseConsentIsOldMayNotBeAnsweredAtAnyHour() {
        FoundDoor door = hook.opened();
        Consent old = new Consent(Consent.Basis.OptIn, Optional.empty(), Optional.of("2026-11-23T09:30:00Z"));
        hook.take(
                door,
                new WebhookEvent(
                        new Person(Identities.ofPhone(phone), Optional.empty(), Optional.empty(), old),
                        Optional.empty(),
                        Optional.empty(),
                        now()));
        Claim claim = fixture.claim(fixture.lease(hook.account), hook.campaign);
        assertThat(claim.askedAt()).isEmpty();
        assertThat(claim.person().consent()).isEqualTo(old);
    }

    @Test
    void aBatchIsJudgedInItsOrderAndSharedOutInTurn() {
        String other = fixture.account();
        hook.operator.webhooks().open(hook.door(Consent.of(Consent.Basis.OptIn), hook.account, other));
        List<WebhookEvent> events = IntStream.range(0, 40)
                .mapToObj(i -> hook.event(LedgerFixture.phone(), "e" + i / 2))
                .toList();
        List<Receipt> receipts =
                hook.gateway.queue().accept(hook.found(), events).orElseThrow();
        for (int i = 0; i < 40; i++) {
            assertThat(receipts.get(i))
                    .isEqualTo(i % 2 == 0 ? new Receipt(i + 1, Accepted) : new Receipt(i, Duplicate));
        }
        // Every second is a repeat, so all are of one account; the next is the other's.
        hook.take(hook.found(), hook.event(LedgerFixture.phone()));
        hook.take(hook.found(), hook.event(LedgerFixture.phone()));
        assertThat(fixture.report(hook.campaign).accounts())
                .extracting(CampaignReport.AccountShare::pending)
                .containsExactlyInAnyOrder(21L, 1L);
    }

    @Test
    void manyWhoBringTheSamePeopleAtOnceBringEachOnce() throws Exception {
        FoundDoor door = hook.opened();
        List<String> phones =
                IntStream.range(0, 50).mapToObj(i -> LedgerFixture.phone()).toList();
        long accepted = 0;
        try (GatewayLedger second = fixture.database.gatewayLedger(fixture.keys, fixture.clock);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> all = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> phones.stream()
                            .map(hook::event)
                            .filter(event -> (i % 2 == 0 ? hook.gateway : second)
                                            .queue()
                                            .accept(door, List.of(event))
                                            .orElseThrow()
                                            .getFirst()
                                            .fate()
                                    == Accepted)
                            .count()))
                    .toList();
            for (Future<Long> each : all) {
                accepted += each.get();
            }
        }
        assertThat(accepted).isEqualTo(50);
        assertThat(fixture.report(hook.campaign).counts().pending()).isEqualTo(50);
    }

    @Test
    void whereverAGatewayDiesARepeatMakesOnePerson() {
        FoundDoor door = hook.opened();
        int people = 0;
        boolean killed = true;
        for (long moment = 1; killed; moment++) {
            people++;
            WebhookEvent event = hook.event(LedgerFixture.phone(), "kill-" + moment);
            BreakingDataSource breaking = new BreakingDataSource(
                    fixture.database.jdbcUrl() + "&rewriteBatchedStatements=true",
                    "beckon_gateway",
                    TestDatabase.GATEWAY_PASSWORD,
                    moment);
            try (GatewayLedger doomed = GatewayLedger.open(breaking, fixture.keys, fixture.clock)) {
                doomed.queue().accept(door, List.of(event));
                killed = false;
            } catch (LedgerUnavailableException e) {
                LedgerAudit.assertTallyIsTrue(fixture.database, hook.campaign);
            }
            hook.take(door, event);
            assertThat(fixture.report(hook.campaign).counts().pending())
                    .as("killed at %d", moment)
                    .isEqualTo(people);
        }
        assertThat(people).as("moments").isGreaterThan(8);
    }

    @Test
    void aListAfterAWebhookGoesOnBehindItsPeople() {
        hook.take(hook.opened(), hook.event(phone));
        assertThat(fixture.importLines(hook.campaign, phone, LedgerFixture.phone()))
                .satisfies(result -> assertThat(result.imported()).isEqualTo(1))
                .satisfies(result -> assertThat(result.known()).isEqualTo(1));
        // Opened anew, since the secret changed, it goes on behind the list's.
        hook.operator.webhooks().close(hook.campaign, "x");
        assertThat(hook.take(hook.opened(), hook.event(LedgerFixture.phone())).event())
                .isGreaterThan(2);
    }

    @Test
    void whomAListSkippedMayComeByThemselves() {
        FoundDoor door = hook.opened();
        fixture.importLines(hook.campaign, "phone,consent_basis", phone + ",Unknown");
        Receipt receipt = hook.take(hook.opened(), hook.event(phone));
        assertThat(receipt.fate()).isEqualTo(Accepted);
        assertThat(hook.take(door, hook.event(phone, "b"))).isEqualTo(new Receipt(receipt.event(), Duplicate));
    }
}
