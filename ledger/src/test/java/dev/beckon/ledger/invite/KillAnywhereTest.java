package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerAudit;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.testing.BreakingDataSource;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process dies before and after each of its statements and commits; its successor finishes; Telegram's truth judges. */
@Tag("integration")
class KillAnywhereTest {
    /** Every moment with {@code -Dbeckon.kill.step=1}; else every seventh. */
    private static final long STEP = Long.getLong("beckon.kill.step", 7);

    private static final long START = 1;

    private final LedgerFixture fixture = new LedgerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One campaign of three people: one by invite, one by a link after a refusal, one put back once. */
    private final class Story {
        private final String account = fixture.account();
        private final String campaign = fixture.campaign(account);
        private final long chat = fixture.chat - LedgerFixture.number();
        private final String privatePhone = LedgerFixture.phone();
        private final String floodedPhone = LedgerFixture.phone();
        private final byte[] file = String.join("\n", LedgerFixture.phone(), privatePhone, "bad line", floodedPhone)
                .getBytes(StandardCharsets.UTF_8);
        /** What Telegram saw: every call that was made, and whether it reached the person. */
        private final List<String> delivered = new ArrayList<>();

        private boolean flooded;

        void tell(Ledger ledger, boolean fused) {
            AudienceSource source = () -> new ByteArrayInputStream(file);
            // The server frees a dead process's import lock when it sees the connection closed, a moment later.
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> ledger.audienceImport()
                            .run(campaign, source, Consent.of(Consent.Basis.OptIn))
                            .isPresent());
            Lease lease = ((LeaseResult.Acquired) ledger.leases()
                            .acquire(account, "pod-" + LedgerFixture.uid(), Priority.Invite, LedgerFixture.TERM))
                    .lease();
            for (Intent open : ledger.intents().openOf(lease)) {
                settleByAsking(ledger, lease, open);
            }
            if (fused) {
                workFused(ledger, lease);
            } else {
                work(ledger, lease);
            }
            ledger.leases().release(lease);
        }

        private void work(Ledger ledger, Lease lease) {
            while (ledger.claims().next(lease, campaign) instanceof ClaimResult.Claimed(Claim claim)) {
                Optional<Action> due = Optional.of(claim.due().orElse(Action.Invite));
                while (due.isPresent()) {
                    OpenResult result = ledger.intents().open(lease, claim, request(claim, due.get()));
                    Intent intent = ((OpenResult.Opened) result).intent();
                    Settlement outcome = call(intent);
                    ledger.intents().settle(lease, intent, outcome);
                    due = outcome.next() instanceof Settlement.Next.Then(Action next)
                            ? Optional.of(next)
                            : Optional.empty();
                }
            }
        }

        /** Settles each with the opening of the next; whoever is due for a second action is left to a second run. */
        private void workFused(Ledger ledger, Lease lease) {
            Optional<Intent> previous = Optional.empty();
            Settlement outcome = null;
            while (ledger.claims().next(lease, campaign) instanceof ClaimResult.Claimed(Claim claim)) {
                OpenRequest request = request(claim, claim.due().orElse(Action.Invite));
                OpenResult result = previous.isPresent()
                        ? ledger.intents()
                                .settleAndOpen(lease, previous.get(), outcome, claim, request)
                                .opened()
                                .orElseThrow()
                        : ledger.intents().open(lease, claim, request);
                Intent intent = ((OpenResult.Opened) result).intent();
                outcome = call(intent);
                previous = Optional.of(intent);
            }
            if (previous.isPresent()) {
                ledger.intents().settle(lease, previous.get(), outcome);
                ledger.leases().release(lease);
                tell(ledger, false);
            }
        }

        private OpenRequest request(Claim claim, Action action) {
            return new OpenRequest(chat, action, claim.person().identities(), Optional.empty(), 1000, 1000);
        }

        private String key(Intent intent) {
            return intent.action() + " " + intent.names().listed().phone().orElseThrow();
        }

        private Settlement call(Intent intent) {
            String phone = intent.names().listed().phone().orElseThrow();
            if (phone.equals(privatePhone) && intent.action() == Action.Invite) {
                return Settlement.skipped("PrivacyRestricted").then(Action.Message);
            }
            if (phone.equals(floodedPhone) && !flooded) {
                flooded = true;
                return Settlement.putBack("FloodWait", fixture.clock.instant());
            }
            delivered.add(key(intent));
            return intent.action() == Action.Invite ? Settlement.invited() : Settlement.linkSent();
        }

        private void settleByAsking(Ledger ledger, Lease lease, Intent open) {
            Identities who = open.names().listed();
            Settlement found = delivered.contains(key(open))
                    ? (open.action() == Action.Invite ? Settlement.invited() : Settlement.linkSent())
                    : Settlement.reverted("NotInEventLog", fixture.clock.instant());
            assertThat(who.phone()).isPresent();
            ledger.intents().settle(lease, open, found);
        }
    }

    private boolean killAt(long moment, boolean fused) {
        Story story = new Story();
        TestDatabase database = fixture.database;
        BreakingDataSource breaking = new BreakingDataSource(
                database.jdbcUrl() + "&rewriteBatchedStatements=true",
                "beckon_worker",
                TestDatabase.WORKER_PASSWORD,
                moment);
        boolean killed = false;
        try (Ledger doomed = Ledger.open(breaking, TestDatabase.LEASE_MARGIN, fixture.keys, fixture.clock)) {
            story.tell(doomed, fused);
        } catch (LedgerUnavailableException e) {
            killed = true;
        }
        LedgerAudit.assertTallyIsTrue(database, story.campaign);
        LedgerAudit.assertInFlightIsExactlyWhatIsOpen(database, story.campaign);
        LedgerAudit.expireLease(database, story.account);
        story.tell(fixture.ledger, fused);

        assertThat(story.delivered)
                .as("killed at %d", moment)
                .doesNotHaveDuplicates()
                .hasSize(3);
        CampaignReport report = fixture.report(story.campaign);
        assertThat(report.counts())
                .as("killed at %d", moment)
                .isEqualTo(new CampaignReport.Counts(3, 0, 0, 0, 2, 1, 0, 0, 0));
        assertThat(report.lines()).containsExactly(new CampaignReport.LineCount("BadLine", 1));
        LedgerAudit.assertTallyIsTrue(database, story.campaign);
        return killed;
    }

    @Test
    void whereverAProcessDiesNobodyIsContactedTwiceAndNobodyIsLost() {
        long moment = START;
        while (killAt(moment, false)) {
            moment += STEP;
        }
        assertThat(moment).as("moments in the story").isGreaterThan(200);
    }

    @Test
    void theSameHoldsWhenSettlingAndOpeningShareATransaction() {
        long moment = START;
        while (killAt(moment, true)) {
            moment += 2 * STEP;
        }
        assertThat(moment).as("moments in the story").isGreaterThan(200);
    }
}
