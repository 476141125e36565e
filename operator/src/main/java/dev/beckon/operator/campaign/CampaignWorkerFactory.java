package dev.beckon.operator.campaign;

import dev.beckon.crd.Audience;
import dev.beckon.crd.FileRef;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.Pacing;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.SecretRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.AccountFiles;
import dev.beckon.operator.worker.ChildNames;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Mount;
import dev.beckon.operator.worker.WorkerTask;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a campaign into the order and task of one worker. Pure. */
public final class CampaignWorkerFactory {
    private static final int DIGITS = 16;
    private static final String AUDIENCE = "audience";
    private static final String HEADER = "header";

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
                audience(spec.audience(), parser),
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

    /** The run as a Job is made of it. */
    public WorkerTask task(
            InviteCampaign campaign,
            Optional<ParserJob> parser,
            Standing.Due due,
            List<TelegramAccount> accounts,
            String order) {
        TelegramAccount account = due.account();
        String owner = campaign.getMetadata().getName();
        String name = account.getMetadata().getName();
        List<Mount> mounts = new ArrayList<>(accountFiles.mounts(account));
        mounts.addAll(audienceMounts(campaign.getSpec().audience()));
        return new WorkerTask(
                "invite",
                ChildNames.job(owner, name, due.run()),
                campaign,
                new WorkerTask.AccountId(name, account.getMetadata().getUid()),
                due.run(),
                content(campaign, parser, account, accounts),
                due.failures(),
                ChildNames.workOrder(owner, name, order),
                mounts,
                Optional.ofNullable(campaign.getSpec().worker()),
                Optional.empty(),
                campaign.getSpec().ttlAfterFinished());
    }

    /** What a worker of the campaign mounts and must find. */
    public List<Wanted> prerequisites(InviteCampaign campaign, TelegramAccount account) {
        String namespace = campaign.getMetadata().getNamespace();
        List<Wanted> wanted = new ArrayList<>(accountFiles.prerequisites(account));
        Audience audience = campaign.getSpec().audience();
        if (audience.secretRef() != null) {
            wanted.add(audienceIn(Kind.Secret, namespace, audience.secretRef()));
        }
        if (audience.configMapRef() != null) {
            wanted.add(audienceIn(Kind.ConfigMap, namespace, audience.configMapRef()));
        }
        if (audience.volume() != null) {
            wanted.add(new Wanted(
                    Kind.PersistentVolumeClaim,
                    namespace,
                    audience.volume().claimName(),
                    List.of(),
                    Reason.VolumeMissing,
                    "the campaign's audience"));
        }
        headerSecret(audience)
                .ifPresent(name -> wanted.add(new Wanted(
                        Kind.Secret,
                        namespace,
                        name,
                        List.of(HEADER),
                        Reason.AudienceMissing,
                        "the header that is sent when the audience is loaded")));
        return wanted;
    }

    /** The object that holds the audience's file, if it is one of the cluster. */
    Optional<Wanted> audienceObject(InviteCampaign campaign) {
        String namespace = campaign.getMetadata().getNamespace();
        Audience audience = campaign.getSpec().audience();
        return Optional.ofNullable(audience.secretRef())
                .map(it -> audienceIn(Kind.Secret, namespace, it))
                .or(() -> Optional.ofNullable(audience.configMapRef())
                        .map(it -> audienceIn(Kind.ConfigMap, namespace, it)));
    }

    private static Wanted audienceIn(Kind kind, String namespace, FileRef file) {
        return new Wanted(
                kind, namespace, file.name(), List.of(file.key()), Reason.AudienceMissing, "the campaign's audience");
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
                + ChildNames.sha256(inline(spec.audience())
                        + spec.audience().secretRef()
                        + spec.audience().configMapRef()
                        + elsewhere(spec.audience()))
                + ChildNames.sha256(String.valueOf(spec.consent()));
        return ChildNames.sha256(parts).substring(0, DIGITS);
    }

    /** Nothing for the older sources, whose digests are on Jobs that an older release made. */
    private static String elsewhere(Audience audience) {
        return Stream.of(audience.volume(), audience.url(), audience.urlOptions(), audience.parserJobRef())
                .flatMap(Stream::ofNullable)
                .map(Object::toString)
                .collect(Collectors.joining());
    }

    private static String selector(InviteCampaignSpec spec) {
        return spec.accounts().selector() == null
                ? ""
                : new java.util.TreeMap<>(spec.accounts().selector().matchLabels()).toString();
    }

    /** People print without what names them, so the digest takes their parts one by one. */
    private static String inline(Audience audience) {
        StringBuilder people = new StringBuilder();
        audience.inline()
                .forEach(it -> people.append(it.phone())
                        .append('\n')
                        .append(it.username())
                        .append('\n')
                        .append(it.userId())
                        .append('\n')
                        .append(it.firstName())
                        .append('\n'));
        return people.toString();
    }

    /** Whether the audience comes from a source of this release. */
    public boolean supports(Audience audience) {
        return !audience.inline().isEmpty()
                || Stream.of(
                                audience.secretRef(),
                                audience.configMapRef(),
                                audience.volume(),
                                audience.url(),
                                audience.parserJobRef())
                        .anyMatch(Objects::nonNull);
    }

    private static InviteOrder.Audience audience(Audience audience, Optional<ParserJob> parser) {
        if (!audience.inline().isEmpty()) {
            return new InviteOrder.Audience.Inline(audience.inline().stream()
                    .map(CampaignWorkerFactory::person)
                    .toList());
        }
        if (audience.url() != null) {
            boolean allowed =
                    audience.urlOptions() != null && audience.urlOptions().allowPrivateAddresses();
            return new InviteOrder.Audience.Url(audience.url(), allowed);
        }
        if (audience.parserJobRef() != null) {
            // Empty only when the parser is gone: then the people are in the ledger, or nobody is started.
            return new InviteOrder.Audience.Parsed(
                    parser.map(it -> it.getMetadata().getUid()).orElse(""));
        }
        if (audience.volume() != null) {
            return new InviteOrder.Audience.File(
                    Paths.AUDIENCE + "/" + audience.volume().path());
        }
        FileRef file = audience.secretRef() != null ? audience.secretRef() : audience.configMapRef();
        return new InviteOrder.Audience.File(Paths.AUDIENCE + "/" + file.key());
    }

    private static InviteOrder.Person person(Audience.Person person) {
        return new InviteOrder.Person(
                Optional.ofNullable(person.phone()),
                Optional.ofNullable(person.username()),
                Optional.ofNullable(person.userId()),
                Optional.ofNullable(person.firstName()));
    }

    private static List<Mount> audienceMounts(Audience audience) {
        List<Mount> mounts = new ArrayList<>();
        if (audience.secretRef() != null) {
            FileRef file = audience.secretRef();
            mounts.add(Mount.secret(AUDIENCE, Paths.AUDIENCE, file.name(), file.key()));
        }
        if (audience.configMapRef() != null) {
            FileRef file = audience.configMapRef();
            mounts.add(Mount.configMap(AUDIENCE, Paths.AUDIENCE, file.name(), file.key()));
        }
        if (audience.volume() != null) {
            mounts.add(Mount.claim(AUDIENCE, Paths.AUDIENCE, audience.volume().claimName(), true));
        }
        headerSecret(audience)
                .ifPresent(name -> mounts.add(Mount.secret("audience-header", Paths.AUDIENCE_HEADER, name, HEADER)));
        return mounts;
    }

    private static Optional<String> headerSecret(Audience audience) {
        return Optional.ofNullable(audience.urlOptions())
                .map(Audience.UrlOptions::headerSecretRef)
                .map(SecretRef::name);
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
