package dev.beckon.demo.proof;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.OutcomeCount;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus.Usage;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.report.AccountReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what statuses show with the ledger's rows, and with what Telegram saw. */
final class StatusProof {
    /** Lines of an audience that are no person of their own. */
    static final Set<String> NO_PEOPLE = Set.of("BadLine", "Duplicate");

    private final List<String> disagreements = new ArrayList<>();

    /** A sentence for each sum or reason of a campaign that its people don't bear out. */
    static List<String> ofCampaign(InviteCampaign campaign, List<PersonProof> lines) {
        StatusProof proof = new StatusProof();
        String name = campaign.getMetadata().getName();
        if (campaign.getStatus() == null || campaign.getStatus().progress() == null) {
            return List.of(name + ": the status has no sums");
        }
        List<PersonProof> people =
                lines.stream().filter(p -> !NO_PEOPLE.contains(p.reason())).toList();
        Progress shown = campaign.getStatus().progress();
        proof.compare(name, "total", shown.total(), people.size());
        proof.compare(name, "invited", shown.invited(), count(people, OutcomeStatus.Invited));
        proof.compare(name, "linkSent", shown.linkSent(), count(people, OutcomeStatus.LinkSent));
        proof.compare(name, "alreadyMember", shown.alreadyMember(), count(people, OutcomeStatus.AlreadyMember));
        proof.compare(name, "skipped", shown.skipped(), count(people, OutcomeStatus.Skipped));
        proof.compare(name, "failed", shown.failed(), count(people, OutcomeStatus.Failed));
        proof.compare(name, "unknown", shown.unknown(), count(people, OutcomeStatus.Unknown));
        long open = people.stream()
                .filter(p -> Set.of(OutcomeStatus.Accepted, OutcomeStatus.Deferred, OutcomeStatus.Reverted)
                        .contains(p.ledger()))
                .count();
        proof.compare(name, "pending and inFlight", shown.pending() + shown.inFlight(), open);

        Map<String, Long> reasons = campaign.getStatus().outcomes().stream()
                .collect(Collectors.toMap(OutcomeCount::reason, OutcomeCount::count, Long::sum, TreeMap::new));
        Map<String, Long> rows = lines.stream()
                .map(PersonProof::reason)
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        Set<String> all = new TreeSet<>(reasons.keySet());
        all.addAll(rows.keySet());
        all.forEach(reason -> proof.compare(
                name, "outcomes " + reason, reasons.getOrDefault(reason, 0L), rows.getOrDefault(reason, 0L)));
        return proof.disagreements;
    }

    /**
     * The same for the use of an account. It counts tries, of which Telegram let some reach nobody: the truth is its least.
     *
     * @param delivered contacts of this account
     */
    static List<String> ofAccount(
            TelegramAccount account, Optional<AccountReport> report, List<TruthDoor.Contact> delivered) {
        StatusProof proof = new StatusProof();
        String name = "account " + account.getMetadata().getName();
        Usage shown = usage(account);
        int[] ledger = report.map(it -> new int[] {it.invites(), it.messages(), it.joins()})
                .orElse(new int[3]);
        proof.compare(name, "usage.invites", shown.invites(), ledger[0]);
        proof.compare(name, "usage.messages", shown.messages(), ledger[1]);
        proof.compare(name, "usage.joins", shown.joins(), ledger[2]);
        proof.atLeast(name, "invites", shown.invites(), delivered, "invite");
        proof.atLeast(name, "messages", shown.messages(), delivered, "message");
        return proof.disagreements;
    }

    /** Whether a status has caught up: what an account was used for is told some time after it changed. */
    static boolean upToDate(TelegramAccount account, Optional<AccountReport> report) {
        return ofAccount(account, report, List.of()).isEmpty();
    }

    private static Usage usage(TelegramAccount account) {
        return account.getStatus() == null || account.getStatus().usage() == null
                ? new Usage(0, 0, 0, 0)
                : account.getStatus().usage();
    }

    private void atLeast(String name, String what, long shown, List<TruthDoor.Contact> delivered, String how) {
        long seen = delivered.stream().filter(c -> c.how().equals(how)).count();
        if (seen > shown) {
            disagreements.add(
                    name + ": the status says usage." + what + " " + shown + ", Telegram saw " + seen + " arrive");
        }
    }

    private static long count(List<PersonProof> people, OutcomeStatus status) {
        return people.stream().filter(p -> p.ledger() == status).count();
    }

    private void compare(String name, String what, long status, long ledger) {
        if (status != ledger) {
            disagreements.add(name + ": the status says " + what + " " + status + ", the ledger has " + ledger);
        }
    }
}
