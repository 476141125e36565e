package dev.beckon.operator.campaign;

import dev.beckon.crd.Accounts;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.RestoredRequests.Held;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All a pass knows of a campaign.
 *
 * @param accounts of the campaign, in the order in which people are assigned to them
 * @param neighbours all accounts of its namespace, those of the campaign among them
 * @param unknownAccounts names in its spec that no resource has
 * @param parser of whose people the campaign is, if it is and the parser exists
 * @param runs its worker Jobs
 * @param pods of those Jobs, by the Job's name
 * @param invitedToday how many people each account tried to invite in the last 24 hours, by its uid; as far as the ledger was
 *     asked for it
 * @param hints whether progress is told by hints, or only seen by looking now and then
 */
public record Observed(
        InviteCampaign campaign,
        List<TelegramAccount> accounts,
        List<TelegramAccount> neighbours,
        List<String> unknownAccounts,
        Optional<ParserJob> parser,
        Reading<CampaignReport> reading,
        List<WorkerRun> runs,
        Map<String, WorkerPod> pods,
        Map<String, Integer> invitedToday,
        boolean hints,
        Instant now) {

    public String uid() {
        return campaign.getMetadata().getUid();
    }

    /** Whether its people come one by one, by webhook: then it has no end of its own. */
    boolean isWebhook() {
        return CampaignWorkerFactory.isDeployed(campaign);
    }

    /** The campaign as one of those that take turns on accounts. */
    Owner owner() {
        return Owner.of(campaign).orElseThrow();
    }

    /** What the last pass wrote; empty on the first. */
    public InviteCampaignStatus before() {
        return campaign.getStatus() == null ? InviteCampaignStatus.builder().build() : campaign.getStatus();
    }

    public Optional<CampaignReport> report() {
        return switch (reading) {
            case Reading.Known<CampaignReport> known -> known.report();
            case Reading.Asked<CampaignReport> asked -> Optional.empty();
            case Reading.Unreachable<CampaignReport> unreachable -> Optional.empty();
        };
    }

    /** Whether its people are in the ledger, as far as that answers. */
    boolean imported() {
        return report().filter(CampaignReport::imported).isPresent();
    }

    public List<WorkerRun> activeRuns() {
        return runs.stream().filter(WorkerRun::active).toList();
    }

    /** Runs at work with an account that is gone, also when one of its name was made since: nobody wants them to go on. */
    List<WorkerRun> abandoned() {
        return activeRuns().stream()
                .filter(run -> AccountJudge.isGone(run.accountUid(), neighbours))
                .toList();
    }

    /** Whether a run's worker has ended though its pod lives on. */
    boolean hasHadItsRun(WorkerRun run) {
        return Optional.ofNullable(pods.get(run.name()))
                .filter(WorkerPod::hasHadItsRun)
                .isPresent();
    }

    /** Whether the pod of a run that has not ended can't start: it waits for something that only a person can mend. */
    boolean neverStarted(WorkerRun run) {
        return Optional.ofNullable(pods.get(run.name()))
                .flatMap(WorkerPod::trouble)
                .isPresent();
    }

    /**
     * The account of that name to which a person may hand people: one of the campaign, or one that its selector takes though it came when
     * the choice was made. An account that was deleted and made again is such a one.
     */
    Optional<TelegramAccount> recipient(String name) {
        Accounts wanted = campaign.getSpec().accounts();
        return Stream.concat(
                        accounts.stream(),
                        neighbours.stream()
                                .filter(it ->
                                        wanted.selector() != null && CampaignObserver.matches(it, wanted.selector())))
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** The campaign's workers that use the account, also ended ones whose Job is still there. */
    public List<WorkerRun> runsWith(TelegramAccount account) {
        String accountUid = account.getMetadata().getUid();
        return runs.stream().filter(run -> run.accountUid().equals(accountUid)).toList();
    }

    /** The breaker of a ledger that is older than it was and that nobody has acknowledged; without an answer of the ledger, one that was seen earlier. */
    Optional<TrippedBreaker> restored() {
        return RestoredLedger.breaker(before().ledgerSequence(), before().breaker(), reading, now);
    }

    /** For whoever acknowledges that. */
    Held held() {
        boolean goesOn = !campaign.getSpec().suspend() && before().completionTime() == null;
        return new Held(
                campaign, Subject.campaign(uid()), owner().kind().words(), reading, before().breaker(), goesOn, now);
    }

    /** The same once a person's acceptance is in the ledger: what the last status tells to acknowledge holds it no more. */
    Observed accepted() {
        InviteCampaign accepted = new InviteCampaign();
        accepted.setMetadata(campaign.getMetadata());
        accepted.setSpec(campaign.getSpec());
        accepted.setStatus(CampaignStatusParts.withoutBreaker(before()));
        return new Observed(
                accepted, accounts, neighbours, unknownAccounts, parser, reading, runs, pods, invitedToday, hints, now);
    }

    public boolean deadlinePassed() {
        return deadlinePassedBy(Duration.ZERO);
    }

    /** Whether the deadline passed at least so long ago. */
    boolean deadlinePassedBy(Duration time) {
        Instant deadline = campaign.getSpec().deadline();
        return deadline != null && !now.isBefore(deadline.plus(time));
    }
}
