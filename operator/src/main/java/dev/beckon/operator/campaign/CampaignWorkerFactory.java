package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.Pacing;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Settings;
import dev.beckon.operator.worker.AccountFiles;
import dev.beckon.operator.worker.ChildNames;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Mount;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerTask;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders a campaign into the order and task of one worker. Pure. */
public final class CampaignWorkerFactory {
    private static final int DIGITS = 16;

    private final Settings settings;
    private final AccountFiles accountFiles;

    public CampaignWorkerFactory(Settings settings) {
        this.settings = settings;
        this.accountFiles = new AccountFiles(settings);
    }

    /**
     * The order of one run, as it is written into a Secret.
     *
     * @param parser of whose people the campaign is, if it is and the parser exists
     */
    public InviteOrder order(
            InviteCampaign campaign,
            Optional<ParserJob> parser,
            TelegramAccount account,
            List<TelegramAccount> accounts,
            int run) {
        InviteCampaignSpec spec = campaign.getSpec();
        return new InviteOrder(
                WorkOrder.VERSION,
                AccountFiles.reference(account),
                new InviteOrder.CampaignRef(
                        campaign.getMetadata().getNamespace(),
                        campaign.getMetadata().getName(),
                        campaign.getMetadata().getUid(),
                        run == 0 ? 0 : campaign.getMetadata().getGeneration(),
                        run),
                accounts.stream().map(it -> it.getMetadata().getUid()).toList(),
                spec.target(),
                CampaignAudience.order(spec.audience(), parser, settings.pace().webhookIdle()),
                consent(spec.consent()),
                InviteOrder.Mode.valueOf(spec.mode().name()),
                Optional.ofNullable(spec.message()),
                pacing(spec.pacing()),
                new InviteOrder.Retry(spec.retry().maxAttempts(), spec.retry().backoff()),
                new InviteOrder.Breaker(
                        spec.breaker().failureRatio(), spec.breaker().minAttempts()),
                Optional.ofNullable(spec.deadline()),
                settings.pace().slice(),
                spec.retention());
    }

    /** Whether the campaign's workers are Deployments: it has no end of its own. */
    static boolean isDeployed(InviteCampaign campaign) {
        return campaign.getSpec().audience().webhook() != null;
    }

    /** The run as a Job or Deployment is made of it. */
    WorkerTask task(Observed observed, Standing.Due due, String order) {
        InviteCampaign campaign = observed.campaign();
        TelegramAccount account = due.account();
        String owner = campaign.getMetadata().getName();
        String name = account.getMetadata().getName();
        List<Mount> mounts = new ArrayList<>(accountFiles.mounts(account));
        mounts.addAll(CampaignAudience.mounts(campaign.getSpec().audience(), observed.imported()));
        return new WorkerTask(
                "invite",
                isDeployed(campaign) ? deployment(observed, account) : ChildNames.job(owner, name, due.run()),
                campaign,
                new WorkerTask.AccountId(name, account.getMetadata().getUid()),
                due.run(),
                content(campaign, observed.parser(), account, observed.accounts()),
                due.failures(),
                ChildNames.workOrder(owner, name, order),
                mounts,
                Optional.ofNullable(campaign.getSpec().worker()),
                Optional.empty(),
                campaign.getSpec().ttlAfterFinished());
    }

    /** The name of the one that is there, if only for an account of that name that was made anew: a second one would be another pod. */
    private static String deployment(Observed observed, TelegramAccount account) {
        return observed.runs().stream()
                .filter(run -> run.deployed().isPresent()
                        && run.accountName().equals(account.getMetadata().getName()))
                .map(WorkerRun::name)
                .findFirst()
                .orElseGet(() -> ChildNames.deployment(
                        observed.campaign().getMetadata().getName(),
                        account.getMetadata().getName()));
    }

    /** What a worker of the campaign mounts and must find. */
    List<Wanted> prerequisites(Observed observed, TelegramAccount account) {
        InviteCampaign campaign = observed.campaign();
        List<Wanted> wanted = new ArrayList<>(accountFiles.prerequisites(account));
        wanted.addAll(CampaignAudience.prerequisites(
                campaign.getMetadata().getNamespace(), campaign.getSpec().audience(), observed.imported()));
        return wanted;
    }

    /**
     * A digest of what the order asks for, whatever its run: when it differs from that of a running worker, the campaign was
     * edited. It begins with {@link #identity}.
     */
    public String content(
            InviteCampaign campaign,
            Optional<ParserJob> parser,
            TelegramAccount account,
            List<TelegramAccount> accounts) {
        String order = WorkOrders.write(order(campaign, parser, account, accounts, 0));
        return identity(campaign.getSpec()) + "." + ChildNames.sha256(order).substring(0, DIGITS);
    }

    /** A digest of what is fixed once a campaign has started. */
    public String identity(InviteCampaignSpec spec) {
        // The parts' own digests, so that what one says can't be read as the end of another.
        String parts = ChildNames.sha256(spec.target())
                + ChildNames.sha256(spec.accounts().names() + "" + selector(spec))
                + ChildNames.sha256(CampaignAudience.identity(spec.audience()))
                + ChildNames.sha256(String.valueOf(spec.consent()));
        return ChildNames.sha256(parts).substring(0, DIGITS);
    }

    private static String selector(InviteCampaignSpec spec) {
        return spec.accounts().selector() == null
                ? ""
                : new java.util.TreeMap<>(spec.accounts().selector().matchLabels()).toString();
    }

    private static InviteOrder.Consent consent(InviteCampaignSpec.Consent consent) {
        return consent == null
                ? new InviteOrder.Consent(Optional.empty(), Optional.empty())
                : new InviteOrder.Consent(Optional.of(consent.basis().name()), Optional.of(consent.evidence()));
    }

    private static InviteOrder.Pacing pacing(Pacing pacing) {
        Pacing.Window window = pacing.window();
        return new InviteOrder.Pacing(
                pacing.delay().min(),
                pacing.delay().max(),
                new InviteOrder.Window(
                        window.start(),
                        window.end(),
                        window.timeZone(),
                        window.days().stream().map(Enum::name).toList()),
                pacing.perChatPerDay(),
                pacing.hibernateAfter());
    }
}
