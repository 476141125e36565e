package dev.beckon.demo.proof;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignSpec.Mode;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.OutcomeCount;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.Usage;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.report.AccountReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of one campaign of one account in which all agree: Anna was invited, Benno was sent the link, Carla has no consent, and
 * one line is bad. Its methods change one thing each.
 */
final class Run {
    static final long ANNA = 1;
    static final long BENNO = 2;
    static final long CARLA = 3;
    static final long OTHER_CHAT = 501;
    static final long OTHER_ACCOUNT = 901;

    private static final long CHAT = 500;
    private static final long ALICE = 900;
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

    private final List<InviteCampaign> campaigns = new ArrayList<>();
    private final Map<String, Long> audiences = new HashMap<>(Map.of("club-uid", 4L));
    private final List<OutcomeLog.Row> rows = new ArrayList<>();
    private final Map<String, List<OutcomeLog.Row>> log = new HashMap<>(Map.of("club-uid", rows));
    private final List<Contact> contacts = new ArrayList<>();
    private Usage usage = new Usage(5, 5, 0, 4);
    private Usage ledgerUsage = usage;
    private Mode mode = Mode.InviteOrLink;
    private Progress progress = Progress.of(3, 1, 1, 0, 1, 0, 0, 0, 0);
    private String reason = "NoConsent";
    private boolean hasStatus = true;
    private int overlaps;

    Run() {
        rows.add(row(2, ANNA, OutcomeStatus.Invited, ""));
        rows.add(row(3, BENNO, OutcomeStatus.Deferred, "PrivacyRestricted"));
        rows.add(row(3, BENNO, OutcomeStatus.LinkSent, ""));
        rows.add(row(4, CARLA, OutcomeStatus.Skipped, "NoConsent"));
        rows.add(row(5, 0, OutcomeStatus.Skipped, "BadLine"));
        contact("invite", ANNA);
        contact("message", BENNO);
    }

    Evidence evidence() {
        campaigns.addFirst(campaign("club", mode, progress));
        return new Evidence(
                campaigns,
                List.of(account("alice", ALICE), account("boris", OTHER_ACCOUNT)),
                audiences,
                log,
                Map.of("alice-uid", report(ledgerUsage)),
                contacts,
                overlaps);
    }

    Run contact(String how, long person) {
        return contact(how, ALICE, how.equals("invite") ? CHAT : 0, person, true);
    }

    Run contactInto(long chat, long person) {
        return contact("invite", ALICE, chat, person, true);
    }

    Run contactBy(long account, long person) {
        return contact("invite", account, CHAT, person, true);
    }

    Run refused(long person) {
        return contact("invite", ALICE, CHAT, person, false);
    }

    private Run contact(String how, long account, long chat, long person, boolean delivered) {
        contacts.add(new Contact(
                START.plusSeconds(contacts.size()),
                how,
                delivered,
                delivered ? "ok" : "USER_PRIVACY_RESTRICTED",
                account,
                chat,
                person,
                Optional.empty(),
                Optional.of("Guest" + person)));
        return this;
    }

    Run withoutContact(String how, long person) {
        contacts.removeIf(contact -> contact.how().equals(how) && contact.personId() == person);
        return this;
    }

    Run withoutRow(long line) {
        rows.removeIf(row -> row.ordinal() == line);
        return this;
    }

    /** One of the same account's, for another chat, that agrees in itself. */
    Run secondCampaign(long person) {
        campaigns.add(campaign("party", Mode.InviteOrLink, Progress.of(1, 1, 0, 0, 0, 0, 0, 0, 0)));
        campaigns
                .getLast()
                .setStatus(InviteCampaignStatus.builder()
                        .progress(Progress.of(1, 1, 0, 0, 0, 0, 0, 0, 0))
                        .build());
        log.put("party-uid", List.of(row(1, person, OutcomeStatus.Invited, "", OTHER_CHAT)));
        return contactInto(OTHER_CHAT, person);
    }

    Run audience(long lines) {
        audiences.put("club-uid", lines);
        return this;
    }

    Run sums(long invited, long linkSent, long skipped) {
        progress = Progress.of(3, invited, linkSent, 0, skipped, 0, 0, 0, 0);
        return this;
    }

    Run pending(long pending) {
        progress = Progress.of(3, 1, 1, 0, 1, 0, pending, 0, 0);
        return this;
    }

    Run reason(String other) {
        reason = other;
        return this;
    }

    Run mode(Mode other) {
        mode = other;
        return this;
    }

    Run withoutStatus() {
        hasStatus = false;
        return this;
    }

    Run usage(int invites, int messages) {
        usage = new Usage(invites, messages, 0, 4);
        return this;
    }

    Run ledgerUsage(int invites, int messages) {
        ledgerUsage = new Usage(invites, messages, 0, 4);
        return this;
    }

    Run overlaps(int times) {
        overlaps = times;
        return this;
    }

    private static OutcomeLog.Row row(long line, long person, OutcomeStatus status, String reason) {
        return row(line, person, status, reason, CHAT);
    }

    private static OutcomeLog.Row row(long line, long person, OutcomeStatus status, String reason, long chat) {
        return new OutcomeLog.Row(
                line,
                START,
                Optional.of("alice"),
                Optional.of(-1_000_000_000_000L - chat),
                line,
                person == 0
                        ? Optional.empty()
                        : Optional.of(new Person(
                                Identities.ofUsername("guest" + person),
                                Optional.empty(),
                                Optional.empty(),
                                new Consent(Consent.Basis.OptIn, Optional.empty(), Optional.empty()))),
                "Invite",
                status,
                reason,
                Optional.empty());
    }

    private InviteCampaign campaign(String name, Mode mode, Progress progress) {
        InviteCampaign campaign = Serialization.unmarshal(
                "apiVersion: beckon.dev/v1alpha1\nkind: InviteCampaign\nspec: {mode: " + mode + ", audience: {}}",
                InviteCampaign.class);
        campaign.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid(name + "-uid").build());
        if (hasStatus) {
            campaign.setStatus(InviteCampaignStatus.builder()
                    .progress(progress)
                    .outcomes(List.of(new OutcomeCount(reason, 1), new OutcomeCount("BadLine", 1)))
                    .build());
        }
        return campaign;
    }

    private TelegramAccount account(String name, long userId) {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(
                new ObjectMetaBuilder().withName(name).withUid(name + "-uid").build());
        account.setStatus(TelegramAccountStatus.builder()
                .user(new TelegramAccountStatus.User(userId, null, null, null, null))
                .usage(userId == ALICE ? usage : null)
                .build());
        return account;
    }

    private static AccountReport report(Usage used) {
        return new AccountReport(
                "alice-uid",
                AccountState.Ready,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                used.invites(),
                used.messages(),
                used.joins(),
                used.lookups(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                1);
    }
}
