package dev.beckon.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.audience.ImportResult;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.Intent;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.testing.MutableClock;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger on the shared test database, and the steps that many tests share. Uids and chats are each test's own. */
public final class LedgerFixture implements AutoCloseable {
    public static final Duration TERM = Duration.ofMinutes(2);
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime() & 0xFFFFFFFFL);

    public final TestDatabase database = TestDatabase.shared();
    public final MutableClock clock = new MutableClock(Instant.parse("2026-11-23T10:00:00Z"));
    public final LedgerKeys keys;
    public final Ledger ledger;
    public final long chat = -1_000_000_000_000L - NUMBERS.incrementAndGet();

    public LedgerFixture() {
        this(LedgerKeys.generate());
    }

    public LedgerFixture(LedgerKeys keys) {
        this.keys = keys;
        this.ledger = database.ledger(keys, clock);
    }

    public static String uid() {
        return UUID.randomUUID().toString();
    }

    public static long number() {
        return NUMBERS.incrementAndGet();
    }

    public static String phone() {
        return "+4917" + (100_000_000 + NUMBERS.incrementAndGet() % 800_000_000);
    }

    /** A logged-in account of a Telegram user of its own. */
    public String account() {
        return accountOf(number());
    }

    public String accountOf(long telegramUserId) {
        String uid = uid();
        Lease lease = lease(uid);
        assertThat(ledger.accounts()
                        .loggedIn(lease, new Accounts.Profile(telegramUserId, Optional.empty(), "A", Optional.empty())))
                .isTrue();
        ledger.leases().release(lease);
        return uid;
    }

    public Lease lease(String accountUid) {
        LeaseResult result = ledger.leases().acquire(accountUid, "pod-" + uid(), Priority.Invite, TERM);
        assertThat(result).isInstanceOf(LeaseResult.Acquired.class);
        return ((LeaseResult.Acquired) result).lease();
    }

    public String campaign(String... accountUids) {
        String uid = uid();
        ledger.campaigns().register(uid, "team", "meetup", List.of(accountUids));
        return uid;
    }

    public ImportResult importLines(String campaignUid, String... lines) {
        return importText(campaignUid, String.join("\n", lines));
    }

    public ImportResult importText(String campaignUid, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AudienceSource source = () -> new ByteArrayInputStream(bytes);
        return ledger.audienceImport()
                .run(campaignUid, source, Consent.of(Consent.Basis.OptIn))
                .orElseThrow();
    }

    public Claim claim(Lease lease, String campaignUid) {
        ClaimResult result = ledger.claims().next(lease, campaignUid);
        assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
        return ((ClaimResult.Claimed) result).claim();
    }

    public OpenRequest request(Claim claim, Action action) {
        return new OpenRequest(chat, action, claim.person().identities(), Optional.empty(), 1000, 1000);
    }

    public OpenRequest request(Claim claim, Action action, Identities learned) {
        return new OpenRequest(chat, action, learned, Optional.empty(), 1000, 1000);
    }

    public Intent open(Lease lease, Claim claim, Action action) {
        OpenResult result = ledger.intents().open(lease, claim, request(claim, action));
        assertThat(result).isInstanceOf(OpenResult.Opened.class);
        return ((OpenResult.Opened) result).intent();
    }

    public CampaignReport report(String campaignUid) {
        return ledger.reports().campaigns(List.of(campaignUid)).get(campaignUid);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
