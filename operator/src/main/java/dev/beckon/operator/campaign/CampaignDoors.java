package dev.beckon.operator.campaign;

import dev.beckon.crd.Audience;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSecret;
import dev.beckon.operator.HomeCluster;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The doors of webhook campaigns in the ledger, by which the gateway knows whom to let in: open while the campaign goes on, and
 * while a breaker is tripped (people queue then), closed at any other time. Written only when something changed.
 */
public final class CampaignDoors {
    private static final String HAS_ENDED = "The campaign has ended.";

    /** Why an open campaign's door is closed all the same. */
    private static final Set<Reason> CLOSING =
            EnumSet.of(Reason.WebhookSecretMissing, Reason.WebhookSecretUnfit, Reason.WorkerSecretMissing);

    private final DoorSecrets secrets;
    private final ToldDoors told;
    private final HomeCluster cluster;
    private final Duration again;

    /** Whose door should be closed, and could not be. */
    private final Set<String> stillOpen = ConcurrentHashMap.newKeySet();

    public CampaignDoors(DoorSecrets secrets, LedgerDoor ledger, HomeCluster cluster, Settings settings) {
        this.secrets = secrets;
        this.told = new ToldDoors(ledger);
        this.cluster = cluster;
        this.again = settings.pace().look();
    }

    /** Where callers post. */
    static String path(InviteCampaign campaign) {
        return "/webhook/" + campaign.getMetadata().getNamespace() + "/"
                + campaign.getMetadata().getName();
    }

    /** Whether people are let in after a course was carried out. Pure. */
    static boolean isOpen(Observed observed, Course course) {
        return observed.isWebhook()
                && !observed.accounts().isEmpty()
                && isToBeOpen(course)
                && !(course instanceof Course.Active active
                        && active.problem()
                                .map(Course.Problem::reason)
                                .filter(CLOSING::contains)
                                .isPresent());
    }

    private static boolean isToBeOpen(Course course) {
        return course instanceof Course.Active
                || (course instanceof Course.Halted halted
                        && (halted.reason() == Reason.BreakerTripped || halted.reason() == Reason.AccountLimited));
    }

    /** The course as it is when the door is as it should be. */
    Course carryOut(Observed observed, Course course) {
        if (!observed.isWebhook()) {
            return course;
        }
        return switch (course) {
            case Course.AwaitLedger it -> it;
            case Course.Blind it -> it;
            case Course.Ended it when observed.before().completionTime() == null -> ending(observed, it);
            case Course.Ended it -> {
                hindrance(observed, HAS_ENDED);
                yield it;
            }
            case Course.Halted it when isToBeOpen(it) -> open(observed, it);
            case Course.Halted it -> halted(observed, it);
            case Course.Active it -> open(observed, it);
        };
    }

    /**
     * Who came before the door was closed counts: how it ended is told by a report that was asked for afterwards, as the {@link
     * CampaignObserver} does. Closing waits for events that are being written.
     */
    private Course ending(Observed observed, Course.Ended ended) {
        boolean counted = closing(observed.uid()) > 0;
        try {
            told.close(observed.uid(), HAS_ENDED);
        } catch (LedgerException e) {
            return new Course.Blind(e.getMessage());
        }
        return counted ? ended : new Course.AwaitLedger();
    }

    private Course halted(Observed observed, Course.Halted halted) {
        return hindrance(
                        observed,
                        halted.state() == State.Suspended
                                ? "The campaign is suspended."
                                : "The campaign is paused until somebody has looked at it.")
                .map(why -> new Course.Halted(
                        halted.state(),
                        halted.reason(),
                        halted.message() + " Its webhook is not closed yet: " + why,
                        halted.person(),
                        halted.stopWorkers(),
                        halted.breaker()))
                .orElse(halted);
    }

    /**
     * Closes the door of a campaign that rests. What else it is to do needs no ledger, and is told without it.
     *
     * @return why it could not be closed
     */
    private Optional<String> hindrance(Observed observed, String because) {
        Optional<String> why = told.isClosed(observed.uid(), because) ? Optional.empty() : closed(observed, because);
        if (why.isPresent()) {
            stillOpen.add(observed.uid());
        } else {
            stillOpen.remove(observed.uid());
        }
        return why;
    }

    private Optional<String> closed(Observed observed, String because) {
        if (observed.reading() instanceof Reading.Unreachable<?> unreachable) {
            return Optional.of(unreachable.why());
        }
        try {
            told.close(observed.uid(), because);
            return Optional.empty();
        } catch (LedgerException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Course open(Observed observed, Course course) {
        try {
            stillOpen.remove(observed.uid());
            if (observed.deadlinePassed()) {
                // Nobody is contacted any more; what is in flight is settled.
                told.close(observed.uid(), "The campaign's deadline has passed.");
                return course;
            }
            if (observed.accounts().isEmpty()) {
                told.close(observed.uid(), "The campaign has no account.");
                return course;
            }
            return switch (secrets.of(observed.campaign())) {
                case DoorSecrets.Found.Lacks(Missing missing) -> {
                    told.close(observed.uid(), "The webhook's Secret can't be used.");
                    yield course instanceof Course.Active active
                            ? new Course.Active(
                                    active.standings(),
                                    Optional.of(new Course.Problem(missing.reason(), missing.message())))
                            : course;
                }
                case DoorSecrets.Found.Sealed(DoorSecret secret) -> {
                    told.open(
                            door(observed, secret, cluster.uid()),
                            observed.campaign().getSpec().retention());
                    yield course;
                }
            };
        } catch (LedgerException e) {
            return new Course.Blind(e.getMessage());
        }
    }

    /** The number of the step by which the campaign's door was closed; 0 while it is open, and before it was looked at. */
    long closing(String campaignUid) {
        return told.closing(campaignUid);
    }

    /** Sooner than planned when its door could not be closed. */
    Optional<Instant> lookAgain(Observed observed, Optional<Instant> planned) {
        if (!stillOpen.contains(observed.uid())) {
            return planned;
        }
        Instant soon = observed.now().plus(again);
        return planned.filter(soon::isAfter).or(() -> Optional.of(soon));
    }

    private static Door door(Observed observed, DoorSecret secret, String cluster) {
        InviteCampaign campaign = observed.campaign();
        Audience.Webhook webhook =
                Objects.requireNonNull(campaign.getSpec().audience().webhook());
        return new Door(
                campaign.getMetadata().getNamespace(),
                campaign.getMetadata().getName(),
                observed.uid(),
                observed.accounts().stream()
                        .map(it -> it.getMetadata().getUid())
                        .toList(),
                secret,
                consent(campaign.getSpec().consent()),
                webhook.dedupWindow(),
                webhook.eventsPerMinute(),
                Optional.ofNullable(campaign.getSpec().deadline()),
                cluster);
    }

    private static Consent consent(InviteCampaignSpec.Consent consent) {
        return consent == null
                ? Consent.of(Consent.Basis.Unknown)
                : new Consent(
                        Consent.Basis.valueOf(consent.basis().name()),
                        Optional.of(consent.evidence()),
                        Optional.empty());
    }

    /** The campaign is gone. */
    void forget(String campaignUid) {
        told.forget(campaignUid);
        stillOpen.remove(campaignUid);
        secrets.forget(campaignUid);
    }
}
