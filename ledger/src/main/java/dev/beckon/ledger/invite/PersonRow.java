package dev.beckon.ledger.invite;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where one person stands, locked until the end of the transaction. */
record PersonRow(
        long campaignId,
        long ordinal,
        long accountId,
        String state,
        long claimFence,
        int attempts,
        Optional<OutcomeStatus> status,
        String reason,
        String consentBasis) {

    static PersonRow lock(Handle handle, long campaignId, long ordinal) {
        return handle.createQuery("SELECT account_id, state, claim_fence, attempts, status, reason, consent_basis"
                        + " FROM beckon_invite.person WHERE campaign_id = :campaign AND ordinal = :ordinal FOR UPDATE")
                .bind("campaign", campaignId)
                .bind("ordinal", ordinal)
                .map((row, context) -> new PersonRow(
                        campaignId,
                        ordinal,
                        row.getLong("account_id"),
                        row.getString("state"),
                        row.getLong("claim_fence"),
                        row.getInt("attempts"),
                        statusOf(row.getString("status")),
                        row.getString("reason"),
                        row.getString("consent_basis")))
                .one();
    }

    static Optional<OutcomeStatus> statusOf(String column) {
        return column.isEmpty() ? Optional.empty() : Optional.of(OutcomeStatus.valueOf(column));
    }

    boolean isPending() {
        return state.equals("Pending");
    }

    Tally.Cell cell() {
        return switch (state) {
            case "Pending" -> Tally.Cell.PENDING;
            case "InFlight" -> Tally.Cell.IN_FLIGHT;
            default -> new Tally.Cell(state, status.map(Enum::name).orElse(""), reason);
        };
    }
}
