package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Leases;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private static final String COLUMNS =
            "p.account_id, p.state, p.claim_fence, p.attempts, p.status, p.reason, p.consent_basis";

    /** For who decides about people, whoever works on them. */
    static PersonRow lock(Handle handle, long campaignId, long ordinal) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM beckon_invite.person p"
                        + " WHERE p.campaign_id = :campaign AND p.ordinal = :ordinal FOR UPDATE")
                .bind("campaign", campaignId)
                .bind("ordinal", ordinal)
                .map((row, context) -> read(row, campaignId, ordinal))
                .one();
    }

    /** Locks the lease's row and the person's; empty when the lease is not the caller's, see {@link Leases#holds}. */
    static Optional<PersonRow> lock(Handle handle, Lease lease, long campaignId, long ordinal) {
        return handle.createQuery(
                        "SELECT STRAIGHT_JOIN " + Leases.COLUMNS + ", " + COLUMNS
                                + " FROM beckon_accounts.lease lease JOIN beckon_invite.person p"
                                + " WHERE lease.account_id = :account AND p.campaign_id = :campaign AND p.ordinal = :ordinal FOR UPDATE")
                .bind("account", lease.accountId())
                .bind("campaign", campaignId)
                .bind("ordinal", ordinal)
                .map((row, context) -> Leases.holds(row, lease)
                        ? Optional.of(read(row, campaignId, ordinal))
                        : Optional.<PersonRow>empty())
                .one();
    }

    private static PersonRow read(ResultSet row, long campaignId, long ordinal) throws SQLException {
        return new PersonRow(
                campaignId,
                ordinal,
                row.getLong("account_id"),
                row.getString("state"),
                row.getLong("claim_fence"),
                row.getInt("attempts"),
                statusOf(row.getString("status")),
                row.getString("reason"),
                row.getString("consent_basis"));
    }

    /** The row of whom this transaction claimed, locked by that. */
    static PersonRow of(Claim claim, Lease lease) {
        return new PersonRow(
                claim.campaignId(),
                claim.ordinal(),
                lease.accountId(),
                "Pending",
                lease.fence(),
                claim.attempts(),
                claim.reached(),
                claim.reason(),
                claim.person().consent().basis().name());
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
