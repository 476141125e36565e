package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.RestoredLedger;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** What keeps a campaign as a whole from going on until a person acts. Pure. */
final class CampaignHalts {
    private final CampaignWorkerFactory factory;

    CampaignHalts(CampaignWorkerFactory factory) {
        this.factory = factory;
    }

    /** An older backup of the ledger was restored. */
    static Optional<Course> restored(Observed observed) {
        return observed.restored()
                .map(breaker -> new Course.Halted(
                        State.Paused,
                        Reason.LedgerBehindStatus,
                        RestoredLedger.sentence(observed.campaign(), breaker),
                        true,
                        true,
                        Optional.of(breaker)));
    }

    /** A breaker of the campaign, or of one of its accounts. */
    static Optional<Course> breaker(Observed observed, Optional<CampaignReport> report) {
        Optional<TrippedBreaker> ofAccount = observed.accounts().stream()
                .map(TelegramAccount::getStatus)
                .filter(status -> status != null && status.state() == TelegramAccountStatus.State.Limited)
                .map(TelegramAccountStatus::breaker)
                .filter(breaker -> breaker != null)
                .findFirst();
        Optional<TrippedBreaker> tripped = report.flatMap(CampaignReport::breaker)
                .map(it -> new TrippedBreaker(it.breakerId(), it.reason(), null))
                .or(() -> ofAccount);
        boolean limited = ofAccount.isPresent()
                && ofAccount.get().id().equals(tripped.orElseThrow().id());
        String said = report.flatMap(CampaignReport::breaker)
                .map(it -> " (" + it.message() + ")")
                .orElse("");
        return tripped.map(breaker -> new Course.Halted(
                State.Paused,
                limited ? Reason.AccountLimited : Reason.BreakerTripped,
                breaker.reason() + said + ": nobody is contacted until a person has looked at it and set the annotation"
                        + " beckon.dev/acknowledge=" + breaker.id() + ".",
                true,
                false,
                Optional.of(breaker)));
    }

    /** It was declared so that it can't work, or was changed where it must not be. */
    Optional<Course> invalid(Observed observed) {
        InviteCampaignSpec spec = observed.campaign().getSpec();
        try {
            ZoneId.of(spec.pacing().window().timeZone());
        } catch (DateTimeException e) {
            return Optional.of(halted(
                    Reason.InvalidSpec,
                    "spec.pacing.window.timeZone names no time zone that this release knows: "
                            + spec.pacing().window().timeZone() + "."));
        }
        if (!CampaignAudience.isSupported(spec.audience())) {
            return Optional.of(halted(
                    Reason.InvalidSpec,
                    "spec.audience has no source that this release supports: use inline, secretRef, configMapRef, volume, url,"
                            + " parserJobRef or webhook."));
        }
        String identity = factory.identity(spec);
        boolean changed =
                observed.runs().stream().anyMatch(run -> !run.content().startsWith(identity));
        return changed
                ? Optional.of(halted(
                        Reason.ImmutableFieldChanged,
                        "target, accounts, audience or consent changed after the campaign had started. Put them back, or create"
                                + " a new campaign."))
                : Optional.empty();
    }

    private static Course halted(Reason reason, String message) {
        return new Course.Halted(State.Paused, reason, message, true, true, Optional.empty());
    }
}
