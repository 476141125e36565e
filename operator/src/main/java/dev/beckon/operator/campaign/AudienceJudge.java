package dev.beckon.operator.campaign;

import dev.beckon.crd.Audience;
import dev.beckon.crd.Audience.ParserJobRef;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.condition.Reason;
import java.util.Optional;

/** Whether the people of a campaign can be had, when they come from another resource. Pure. */
final class AudienceJudge {
    private AudienceJudge() {}

    /** Why nobody can read the audience yet; empty when it was read, or may be. */
    static Optional<Standing> hindrance(Observed observed, TelegramAccount account) {
        ParserJobRef wanted = observed.campaign().getSpec().audience().parserJobRef();
        boolean imported = observed.report().filter(CampaignReport::imported).isPresent();
        if (wanted == null || imported) {
            return Optional.empty();
        }
        if (observed.parser().isEmpty()) {
            return Optional.of(new Standing.Blocked(
                    account,
                    Reason.ParserUnknown,
                    "There is no ParserJob " + wanted.name() + " in this namespace, whose people the campaign is for.",
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

    /** Whether the audience is a file in an object of the cluster, which can be looked at. */
    static boolean isFile(InviteCampaign campaign) {
        Audience audience = campaign.getSpec().audience();
        return audience.secretRef() != null || audience.configMapRef() != null;
    }
}
