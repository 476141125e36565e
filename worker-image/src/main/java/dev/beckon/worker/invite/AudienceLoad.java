package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.audience.BadLines;
import dev.beckon.ledger.audience.EmptyAudienceException;
import dev.beckon.ledger.audience.ImportResult;
import dev.beckon.ledger.audience.UnreadableAudienceException;
import dev.beckon.ledger.people.Consent;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.audience.ParsedAudience;
import dev.beckon.worker.audience.UrlAudience;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.InviteOrder.Person;
import dev.beckon.workorder.Paths;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the campaign's audience into the ledger before anybody is contacted; whoever comes first does it for all accounts. */
final class AudienceLoad {
    private static final Logger LOG = LoggerFactory.getLogger(AudienceLoad.class);

    private static final String UNREADABLE = "AudienceUnreadable";

    /** While another account's worker imports the same audience. */
    private static final Duration WAIT_STEP = Duration.ofMillis(500);

    private static final Duration WAIT_AT_MOST = Duration.ofMinutes(15);

    /** As often as a wish is heard by who holds the account. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Workshop workshop;
    private final InviteOrder order;
    private final Consent consent;
    private final Duration look;
    private long looked = System.nanoTime();

    AudienceLoad(Workshop workshop, InviteOrder order) {
        this(workshop, order, LOOK);
    }

    AudienceLoad(Workshop workshop, InviteOrder order, Duration look) {
        this.workshop = workshop;
        this.order = order;
        this.consent = consent(order.consent());
        this.look = look;
    }

    /** Idempotent: an audience that is in the ledger is only compared. */
    void load() {
        InviteOrder.CampaignRef campaign = order.campaign();
        workshop.starting();
        workshop.ledger()
                .campaigns()
                .register(campaign.uid(), campaign.namespace(), campaign.name(), order.accountUids());
        workshop.ledger().campaigns().keepFor(campaign.uid(), order.retention());
        if (isThereForGood(campaign.uid())) {
            return;
        }
        AudienceSource source = source();
        KillPoint.BEFORE_IMPORT.here();
        long giveUp = System.nanoTime() + WAIT_AT_MOST.toNanos();
        Optional<ImportResult> result = run(campaign.uid(), source);
        while (result.isEmpty()) {
            endIfWished();
            if (System.nanoTime() > giveUp) {
                Instant soon = workshop.clock().instant().plus(Duration.ofMinutes(1));
                throw Ending.later(ExitCode.OK, soon, "Importing", "Another worker imports the audience.")
                        .now();
            }
            workshop.starting();
            workshop.stop().sleep(WAIT_STEP);
            result = run(campaign.uid(), source);
        }
        LOG.info("The audience is in the ledger: {}", result.get());
        if (result.get().bad() > 0 || result.get().resumed()) {
            tellBadLines(campaign.uid());
        }
        KillPoint.AFTER_IMPORT.here();
    }

    /**
     * This worker's pod keeps the account's other workers from being started, though it holds no lease yet: who goes first would wait for the
     * import's end. What is imported stays; the next worker goes on behind it. It reads a file from its start, and so downloads it anew.
     */
    private void endIfWished() {
        if (workshop.stop().isRaised()) {
            throw Ending.yielded("Stopped", "Asked to stop before the audience was imported.")
                    .now();
        }
        if (System.nanoTime() - looked < look.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        if (workshop.ledger().leases().isWanted(order.account().uid(), Priority.Invite)) {
            throw Ending.yielded(
                            WaitingFor.Account.name(),
                            "Another one waits for the account; the audience's import goes on later.")
                    .now();
        }
    }

    /**
     * A newer dataset, or a list that its server changed, is another audience; the campaign's is fixed once it is in. So nothing
     * is asked for again, and a server that is away stops no campaign that has its people.
     */
    private boolean isThereForGood(String campaignUid) {
        return switch (order.audience()) {
            case Audience.Parsed _, Audience.Url _ ->
                workshop.ledger().audienceImport().isComplete(campaignUid);
            case Audience.Inline _, Audience.File _ -> false;
            // Whoever comes is in the ledger before the gateway says so.
            case Audience.Webhook _ -> true;
        };
    }

    private Optional<ImportResult> run(String campaignUid, AudienceSource source) {
        try {
            return workshop.ledger().audienceImport().run(campaignUid, source, consent);
        } catch (UnreadableAudienceException e) {
            LOG.error("The audience can't be read: {}", e.getMessage());
            tellBadLines(campaignUid);
            if (e instanceof EmptyAudienceException && order.audience() instanceof Audience.Parsed) {
                throw ParsedAudience.empty();
            }
            throw Ending.fault(ExitCode.BAD_INPUT, UNREADABLE, e.getMessage()).now();
        }
    }

    /** By number and reason; what a line holds belongs into no log. */
    private void tellBadLines(String campaignUid) {
        BadLines bad = workshop.ledger().audienceImport().badLines(campaignUid);
        for (BadLines.BadLine line : bad.first()) {
            LOG.warn("Line {} of the audience is left out: {}", line.number(), line.problem());
        }
        if (bad.total() > bad.first().size()) {
            LOG.warn("{} lines of the audience are left out in all; `worker export` has them", bad.total());
        }
    }

    private AudienceSource source() {
        return switch (order.audience()) {
            case Audience.Inline(List<Person> people) -> {
                AudienceSource source = inline(people);
                yield () -> interrupted(watched(source.open()));
            }
            case Audience.File(String path) -> {
                Path file = file(workshop.files(), path);
                yield () -> interrupted(watched(Files.newInputStream(file)));
            }
            case Audience.Parsed(String parserUid) -> {
                AudienceSource source = ParsedAudience.of(
                        workshop.ledger().datasets(),
                        parserUid,
                        workshop.clock().instant());
                yield () -> interrupted(watched(source.open()));
            }
            case Audience.Webhook _ -> throw new IllegalStateException("Who comes by webhook is in no file");
            case Audience.Url url -> {
                AudienceSource source = UrlAudience.of(url, workshop.files(), workshop.clock(), this::endIfWished);
                yield () -> watched(source.open());
            }
        };
    }

    /** @throws BadInput by the word for an audience that can't be read: a file on a volume may come later, unseen by the operator */
    static Path file(MountedFiles files, String path) {
        Path file =
                path.startsWith("/") ? files.at(path) : files.at(Paths.AUDIENCE).resolve(path);
        if (!Files.isReadable(file)) {
            throw new BadInput(
                    UNREADABLE,
                    "There is no audience file " + path
                            + ": check the key of spec.audience's Secret or ConfigMap, or the path in its volume");
        }
        return file;
    }

    /** Each read is a sign of life: what was read before is on its way into the ledger, in a queue that holds little. */
    private InputStream watched(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                workshop.starting();
                int read = super.read(bytes, offset, length);
                if (read < 0) {
                    // Everything is read, the last lines are not committed.
                    KillPoint.MID_IMPORT.here();
                }
                return read;
            }
        };
    }

    /** Of what never waits; a download listens for itself, also while its server is silent. */
    private InputStream interrupted(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                endIfWished();
                return super.read(bytes, offset, length);
            }
        };
    }

    private static AudienceSource inline(List<Person> people) {
        return AudienceSource.inline(people.stream()
                .map(person -> new AudienceSource.InlinePerson(
                        person.phone(), person.username(), person.userId(), person.firstName()))
                .toList());
    }

    private static Consent consent(InviteOrder.Consent consent) {
        String name = consent.basis().orElse(Consent.Basis.Unknown.name());
        Consent.Basis basis = Arrays.stream(Consent.Basis.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("'" + name + "' is no basis of consent: write OptIn, ExistingMember or"
                        + " Contract in spec.consent.basis"));
        return new Consent(basis, consent.evidence(), Optional.empty());
    }
}
