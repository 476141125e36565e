package dev.beckon.operator.campaign;

import dev.beckon.crd.Audience;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSecret;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.worker.Missing;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The doors of webhook campaigns in the ledger, by which the gateway knows whom to let in: open while the campaign goes on, and
 * while a breaker is tripped (people queue then), closed at any other time. Written only when something changed.
 */
public final class CampaignDoors {
    /** Why an open campaign's door is closed all the same. */
    private static final Set<Reason> CLOSING =
            EnumSet.of(Reason.WebhookSecretMissing, Reason.WebhookSecretUnfit, Reason.WorkerSecretMissing);

    private final DoorSecrets secrets;
    private final LedgerDoor ledger;

    /** What the ledger was told last, by the campaign's uid; the first pass of a process tells it anew. */
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    public CampaignDoors(DoorSecrets secrets, LedgerDoor ledger) {
        this.secrets = secrets;
        this.ledger = ledger;
    }

    private sealed interface Told {}

    private record Open(Door door, Object retention) implements Told {}

    private record Closed(String because) implements Told {}

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
        try {
            return switch (course) {
                case Course.AwaitLedger it -> it;
                case Course.Blind it -> it;
                case Course.Ended it -> closed(observed, it, "The campaign has ended.");
                case Course.Halted it when isToBeOpen(it) -> open(observed, it);
                case Course.Halted it ->
                    closed(
                            observed,
                            it,
                            it.state() == State.Suspended
                                    ? "The campaign is suspended."
                                    : "The campaign is paused until somebody has looked at it.");
                case Course.Active it -> open(observed, it);
            };
        } catch (LedgerException e) {
            return new Course.Blind(e.getMessage());
        }
    }

    private Course open(Observed observed, Course course) {
        if (observed.accounts().isEmpty()) {
            return closed(observed, course, "The campaign has no account.");
        }
        return switch (secrets.of(observed.campaign())) {
            case DoorSecrets.Found.Lacks(Missing missing) -> {
                closed(observed, course, "The webhook's Secret can't be used.");
                yield course instanceof Course.Active active
                        ? new Course.Active(
                                active.standings(),
                                Optional.of(new Course.Problem(missing.reason(), missing.message())))
                        : course;
            }
            case DoorSecrets.Found.Sealed(DoorSecret secret) -> {
                Door door = door(observed, secret);
                Open open = new Open(door, observed.campaign().getSpec().retention());
                if (!open.equals(told.get(observed.uid()))) {
                    ledger.openWebhook(door, observed.campaign().getSpec().retention());
                    told.put(observed.uid(), open);
                }
                yield course;
            }
        };
    }

    private Course closed(Observed observed, Course course, String because) {
        Closed closed = new Closed(because);
        if (!closed.equals(told.get(observed.uid()))) {
            ledger.closeWebhook(observed.uid(), because);
            told.put(observed.uid(), closed);
        }
        return course;
    }

    private static Door door(Observed observed, DoorSecret secret) {
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
                webhook.eventsPerMinute());
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
        told.remove(campaignUid);
        secrets.forget(campaignUid);
    }
}
