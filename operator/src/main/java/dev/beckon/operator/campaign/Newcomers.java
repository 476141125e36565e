package dev.beckon.operator.campaign;

import dev.beckon.ledger.invite.PromptAnswer;
import dev.beckon.ledger.report.CampaignReport.AccountShare;
import dev.beckon.ledger.report.CampaignReport.Newest;
import dev.beckon.operator.condition.Reason;
import java.time.Instant;
import java.util.Optional;

/** Who came by webhook since the last worker gave its pod back. Pure. */
final class Newcomers {
    private Newcomers() {}

    /** Whether somebody may be contacted now though the others of the account's people wait. */
    static boolean areDue(AccountShare share, Instant now) {
        Optional<Newest> newest = share.newest();
        return newest.isPresent()
                && share.waitingFor()
                        .flatMap(Reason::of)
                        .map(reason -> switch (reason) {
                            // Each of these binds people one by one: whoever may be contacted now came since.
                            case Retry, FrequencyCap, Settlement -> true;
                            case QuietHours -> PromptAnswer.isDue(newest.get().askedAt(), now);
                            default -> false;
                        })
                        .orElse(false);
    }
}
