package dev.beckon.operator.life;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.OpenRequest;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.people.Consent;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.RunResult.Ending;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The part of {@link ScriptedWorker} that works on a campaign, by the script that the campaign's target names. */
final class ScriptedInviter {
    /** For the next one whom a webhook brings. */
    private static final Duration LISTENS = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final InviteOrder order;
    private final ScriptedHint hint;
    private final CountDownLatch stopped;

    /** @param stopped when the worker is asked to stop */
    ScriptedInviter(Ledger ledger, InviteOrder order, ScriptedHint hint, CountDownLatch stopped) {
        this.ledger = ledger;
        this.order = order;
        this.hint = hint;
        this.stopped = stopped;
    }

    /** Works through the campaign as its target says. */
    ExitCode run(Lease lease) throws InterruptedException {
        load();
        // What an earlier worker left open when it died: this Telegram always says that it was done.
        ledger.intents().openOf(lease).forEach(it -> ledger.intents().settle(lease, it, Settlement.invited()));
        hint.send("campaign", order.campaign().uid());
        boolean first = order.campaign().run() == 1;
        ExitCode code = switch (order.target()) {
            case "@script_waits" -> first ? waits(lease) : everybody(lease, Duration.ZERO);
            case "@script_breaks" -> first ? breaks(lease) : everybody(lease, Duration.ZERO);
            case "@script_slow" -> everybody(lease, ScriptedWorker.PACE);
            // Takes its time until both edits of the campaign have come.
            case "@script_edited" ->
                everybody(lease, order.campaign().generation() < 3 ? ScriptedWorker.PACE : Duration.ZERO);
            case "@script_no_chat" ->
                ScriptedWorker.end(
                        ExitCode.CAMPAIGN_FAULT,
                        Ending.FAULT,
                        "ChatNotFound",
                        "spec.target: Telegram knows no chat @script_no_chat (USERNAME_NOT_OCCUPIED).");
            case "@script_limited" -> first ? limited(lease) : everybody(lease, Duration.ZERO);
            case "@script_cools" -> first ? cools(lease) : everybody(lease, Duration.ZERO);
            case "@script_banned" -> sessionEnds(lease, AccountState.Banned, "Banned", "USER_DEACTIVATED_BAN");
            case "@script_revoked" ->
                first
                        ? sessionEnds(lease, AccountState.LoggedOut, "SessionLost", "SESSION_REVOKED")
                        : everybody(lease, Duration.ZERO);
            case "@script_unknown" -> first ? unknown(lease) : everybody(lease, Duration.ZERO);
            case "@script_lingers" -> lingering(everybody(lease, ScriptedWorker.PACE));
            case "@script_dies" -> dying(lease);
            default -> everybody(lease, Duration.ZERO);
        };
        hint.send("campaign", order.campaign().uid());
        return code;
    }

    /** A call in flight keeps it for a while when it is asked to stop. */
    private ExitCode lingering(ExitCode code) throws InterruptedException {
        if (stopped.getCount() == 0) {
            TimeUnit.SECONDS.sleep(2);
        }
        return code;
    }

    /** Killed by a bug of native code, after the first person. */
    private ExitCode dying(Lease lease) throws InterruptedException {
        if (one(lease)) {
            ledger.leases().release(lease);
            Runtime.getRuntime().halt(134);
        }
        return everybody(lease, Duration.ZERO);
    }

    private void load() {
        ledger.campaigns()
                .register(
                        order.campaign().uid(),
                        order.campaign().namespace(),
                        order.campaign().name(),
                        order.accountUids());
        if (isWebhook()) {
            return;
        }
        List<InviteOrder.Person> people =
                order.audience() instanceof InviteOrder.Audience.Inline(var inline) ? inline : List.of();
        byte[] lines = people.stream()
                .map(person ->
                        person.phone().orElseGet(() -> "@" + person.username().orElseThrow()))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        AudienceSource source = () -> new ByteArrayInputStream(lines);
        ledger.audienceImport().run(order.campaign().uid(), source, Consent.of(Consent.Basis.OptIn));
    }

    private ExitCode waits(Lease lease) {
        one(lease);
        Instant then = Instant.now().plusSeconds(3);
        ledger.campaigns().waits(lease, order.campaign().uid(), Optional.of(then), Optional.of("FloodWait"));
        return ScriptedWorker.end(ExitCode.OK, Ending.WAITING, "FloodWait", "Waits for Telegram's flood wait to end.");
    }

    private ExitCode breaks(Lease lease) {
        one(lease);
        ledger.breakers().tripCampaign(lease, order.campaign().uid(), "FailureRatio", "Too many attempts failed");
        return ScriptedWorker.end(
                ExitCode.OK, Ending.PAUSED, "FailureRatio", "Paused until someone acknowledges the breaker.");
    }

    /** PEER_FLOOD with the first person, who is not reached. */
    private ExitCode limited(Lease lease) {
        ledger.breakers().limitAccount(lease, "PeerFlood", "PEER_FLOOD");
        hint.send("account", order.account().uid());
        return ScriptedWorker.end(
                ExitCode.ACCOUNT_LIMITED, Ending.PAUSED, "PeerFlood", "Telegram limited the account (PEER_FLOOD).");
    }

    /** A flood wait that binds the account. */
    private ExitCode cools(Lease lease) {
        one(lease);
        Instant then = Instant.now().plusSeconds(6);
        ledger.accounts().coolDown(lease, then);
        ledger.campaigns().waits(lease, order.campaign().uid(), Optional.of(then), Optional.of("FloodWait"));
        hint.send("account", order.account().uid());
        return ScriptedWorker.end(ExitCode.OK, Ending.WAITING, "FloodWait", "Waits for Telegram's flood wait to end.");
    }

    private ExitCode sessionEnds(Lease lease, AccountState state, String reason, String raw) {
        one(lease);
        ledger.accounts().becomes(lease, state, reason, raw);
        hint.send("account", order.account().uid());
        ExitCode code = state == AccountState.Banned ? ExitCode.ACCOUNT_LIMITED : ExitCode.LOGIN_REQUIRED;
        return ScriptedWorker.end(code, Ending.FAULT, reason, "Telegram says: " + raw + ".");
    }

    /** Of the first person nobody knows what became of the invitation. */
    private ExitCode unknown(Lease lease) throws InterruptedException {
        one(lease, Settlement.unknown("Interrupted"));
        return everybody(lease, Duration.ZERO);
    }

    private ExitCode everybody(Lease lease, Duration pace) throws InterruptedException {
        Instant sliceEnd = Instant.now().plus(order.slice());
        Lease held = lease;
        ledger.campaigns().waits(held, order.campaign().uid(), Optional.empty(), Optional.empty());
        Instant idleSince = Instant.now();
        boolean some = one(held);
        while (some || (isWebhook() && Instant.now().isBefore(idleSince.plus(LISTENS)))) {
            if (some) {
                idleSince = Instant.now();
                hint.send("campaign", order.campaign().uid());
            }
            if (!some && stopped.await(100, TimeUnit.MILLISECONDS)) {
                return ScriptedWorker.end(
                        ExitCode.OK, Ending.YIELDED, "Stopped", "Asked to stop while nobody was left.");
            }
            if (some && stopped.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                return ScriptedWorker.end(
                        ExitCode.OK, Ending.YIELDED, "Stopped", "Asked to stop; the rest goes on later.");
            }
            if (!(ledger.leases().renew(held) instanceof Renewal.Renewed(Lease renewed, Optional<Yield> wish))) {
                return ScriptedWorker.end(ExitCode.LEASE_HELD, Ending.WAITING, "Account", "The lease was lost.");
            }
            held = renewed;
            if (wish.filter(it -> it.urgency() == Urgency.Now || Instant.now().isAfter(sliceEnd))
                    .isPresent()) {
                return ScriptedWorker.end(
                        ExitCode.OK, Ending.YIELDED, "Account", "Another one waits; the rest goes on later.");
            }
            some = one(held);
        }
        return isWebhook()
                ? ScriptedWorker.end(
                        ExitCode.OK, Ending.WAITING, "QueueEmpty", "Nobody is left; whoever comes starts a worker.")
                : ScriptedWorker.end(
                        ExitCode.OK, Ending.COMPLETED, "AllDone", "Nobody is left to contact with this account.");
    }

    private boolean isWebhook() {
        return order.audience() instanceof InviteOrder.Audience.Webhook;
    }

    /** Invites the next person. False when none is left. */
    private boolean one(Lease lease) {
        return one(lease, Settlement.invited());
    }

    private boolean one(Lease lease, Settlement settlement) {
        if (!(ledger.claims().next(lease, order.campaign().uid()) instanceof ClaimResult.Claimed(Claim claim))) {
            return false;
        }
        long chat = -1_000_000_000_000L - Math.abs((long) order.campaign().uid().hashCode());
        OpenRequest request =
                new OpenRequest(chat, Action.Invite, claim.person().identities(), Optional.empty(), 100_000, 100_000);
        if (ledger.intents().open(lease, claim, request) instanceof OpenResult.Opened opened) {
            ledger.intents().settle(lease, opened.intent(), settlement);
        }
        return true;
    }
}
