package dev.beckon.operator.campaign;

import dev.beckon.crd.Audience;
import dev.beckon.crd.Audience.ParserJobRef;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.condition.Reason;
import java.util.Optional;

/** Whether the people of a campaign can be had, when they come from another resource. Pure. */
final class AudienceJudge {
    private AudienceJudge() {}

    /** Why nobody can read the audience yet; empty when it was read, or may be. */
    static Optional<Standing> hindrance(Observed observed, TelegramAccount account) {
        ParserJobRef wanted = observed.campaign().getSpec().audience().parserJobRef();
        if (wanted == null || observed.imported()) {
            return Optional.empty();
        }
        if (observed.parser().isEmpty()) {
            return Optional.of(new Standing.Blocked(
                    account,
                    Reason.ParserUnknown,
                    "There is no ParserJob " + wanted.name()
                            + " in this namespace, whose people the campaign is for: create"
                            + " it, or name one that exists in spec.audience.parserJobRef.name (kubectl get parserjobs -n "
                            + observed.campaign().getMetadata().getNamespace() + ").",
                    Optional.empty()));
        }
        Optional<ParserJobStatus.Dataset> dataset =
                Optional.ofNullable(observed.parser().get().getStatus()).map(ParserJobStatus::dataset);
        if (dataset.isEmpty()) {
            return Optional.of(new Standing.Awaiting(
                    account,
                    Reason.ParserNotReady,
                    "ParserJob " + wanted.name()
                            + " has no complete dataset yet. The campaign goes on by itself when it has one."));
        }
        if (Boolean.FALSE.equals(dataset.get().administered())) {
            return Optional.of(new Standing.Blocked(
                    account,
                    Reason.SourceNotAdministered,
                    "The account of ParserJob " + wanted.name()
                            + " does not administer the chat that it read: its people may not be invited. Let an administrator's"
                            + " account read it.",
                    Optional.empty()));
        }
        return Optional.empty();
    }

    /** Whether a worker could not use the audience, and nothing in the cluster tells that it was mended: it is no object of it. */
    static boolean changesUnseen(InviteCampaign campaign, Reason reason) {
        Audience audience = campaign.getSpec().audience();
        boolean elsewhere = audience.volume() != null || audience.url() != null || audience.parserJobRef() != null;
        return elsewhere
                && (reason == Reason.AudienceUnreadable
                        || reason == Reason.SourceNotAdministered
                        || reason == Reason.DatasetEmpty);
    }
}
