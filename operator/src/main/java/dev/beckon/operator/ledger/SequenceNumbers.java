package dev.beckon.operator.ledger;

import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.ParserReport;

/** Reports without their sequence number, to tell whether anything else changed. */
final class SequenceNumbers {
    private SequenceNumbers() {}

    static Object without(Object report) {
        return switch (report) {
            case CampaignReport it ->
                new CampaignReport(
                        it.campaignUid(),
                        it.imported(),
                        it.counts(),
                        it.outcomes(),
                        it.lines(),
                        it.accounts(),
                        it.lastError(),
                        it.breaker(),
                        it.startTime(),
                        it.lastInviteTime(),
                        it.finishedLastHour(),
                        it.finishedSince(),
                        it.nextActionTime(),
                        it.waitingFor(),
                        0);
            case AccountReport it ->
                new AccountReport(
                        it.accountUid(),
                        it.state(),
                        it.stateReason(),
                        it.stateMessage(),
                        it.coolDownUntil(),
                        it.user(),
                        it.qr(),
                        it.invites(),
                        it.messages(),
                        it.joins(),
                        it.lookups(),
                        it.lease(),
                        it.breaker(),
                        it.hasSession(),
                        it.sessionSavedAt(),
                        0);
            case AutopostReport it ->
                new AutopostReport(
                        it.scheduleUid(),
                        it.round(),
                        it.postsTotal(),
                        it.postsUsed(),
                        it.postsDigest(),
                        it.published(),
                        it.failures(),
                        it.outcomeUnknown(),
                        it.lastPost(),
                        it.unknown(),
                        it.newest(),
                        it.spread(),
                        it.unfinished(),
                        0);
            // Carries none.
            case ParserReport it -> it;
            default -> throw new IllegalArgumentException("No report: " + report.getClass());
        };
    }
}
