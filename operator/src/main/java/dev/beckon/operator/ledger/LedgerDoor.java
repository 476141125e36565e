package dev.beckon.operator.ledger;

import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.content.PostDecisions;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import dev.beckon.ledger.webhook.Door;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void acknowledgeRestored(RestoredLedger.Accepted accepted);

    /** People of unknown outcome are tried again. */
    Decided requeueUnknown(String campaignUid, String value);

    /** A post of unknown outcome is published again, where nobody can tell whether it is there. */
    PostDecisions.Decided publishAgain(String scheduleUid, String post, String value);

    /** People of one account become another's. */
    Decided reassign(String campaignUid, String fromAccountUid, String toAccountUid, Whom whom, String value);

    /**
     * Gives a login code to the login that waits for it.
     *
     * @param word the code; see {@link LoginCodes#give}
     * @param waits false when no login does, or when this can be none: then it is only remembered
     */
    LoginCodes.Outcome giveLoginCode(String accountUid, String word, boolean waits);

    /** Asks whoever holds the account to yield it; one wish per wisher. */
    void wish(String accountUid, String wisher, Priority priority, Urgency urgency, Duration ttl);

    /**
     * Lets people in whom a webhook brings, or tells what changed.
     *
     * @param retention how long the campaign's people are kept after the last thing that happened in it
     */
    void openWebhook(Door door, Duration retention);

    /**
     * Lets nobody in any more.
     *
     * @param because a sentence for whoever calls the webhook
     */
    void closeWebhook(String campaignUid, String because);

    /** The campaign was deleted: nobody finds its webhook any more. */
    void forgetWebhook(String campaignUid);

    /**
     * Of which campaigns of a cluster webhooks are known; those of which nobody knows the cluster are among them.
     *
     * @param cluster as {@link dev.beckon.operator.HomeCluster} has it
     * @param namespace only of this one's campaigns; of all without it
     */
    List<String> webhooks(String cluster, Optional<String> namespace);

    /** Takes a wish back. */
    void withdraw(String accountUid, String wisher);
}
