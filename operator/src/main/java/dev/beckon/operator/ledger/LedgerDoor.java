package dev.beckon.operator.ledger;

import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * All the operator asks of the ledger. Every method throws {@link dev.beckon.ledger.LedgerUnavailableException} within the
 * configured time-outs when the database can't be reached.
 */
public interface LedgerDoor {

    /**
     * What is known of campaigns, parsers and accounts, all of it at one moment.
     *
     * @param found the reports; whom the ledger does not know is absent
     * @param sequence the ledger's number then
     */
    record Reports(Map<Subject, Object> found, long sequence) {
        public Reports {
            found = Map.copyOf(found);
        }
    }

    /** Reports on all of these. */
    Reports read(Set<Subject> wanted);

    /** Closes a tripped breaker. False when it is closed already, or no such breaker exists. */
    boolean acknowledge(String breakerId);

    /** A person accepts that the ledger is older than a status: its number is raised to that of the status. */
    void acknowledgeRestored(long atLeast);

    /** People of unknown outcome are tried again. */
    Decided requeueUnknown(String campaignUid, String value);

    /** The pending people of one account become another's. */
    Decided reassign(String campaignUid, String fromAccountUid, String toAccountUid, String value);

    /** Gives a login code to the login that waits for it. False when it was given before. */
    boolean giveLoginCode(String accountUid, String code);

    /** Asks whoever holds the account to yield it; one wish per wisher. */
    void wish(String accountUid, String wisher, Priority priority, Urgency urgency, Duration ttl);

    /** Takes a wish back. */
    void withdraw(String accountUid, String wisher);
}
