package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.HookCaller.Posted;
import dev.beckon.ledger.invite.OutcomeStatus;
import java.util.List;
import java.util.Map;

/**
 * What a run left behind of the webhooks of the fast level.
 *
 * @param posted the events that were answered, in their order, by the campaign's uid
 * @param log everything that the ledger has of the campaign, in its order, by the same
 * @param fired the steps at which something happened to their workers
 * @param inVain posts that got no answer
 */
record HookFacts(Map<String, List<Posted>> posted, Map<String, List<Logged>> log, List<String> fired, int inVain) {
    /** Action of an event in the log. */
    static final String EVENT = "Webhook";

    /**
     * A line of a campaign's log.
     *
     * @param number the event's
     */
    record Logged(long number, String action, OutcomeStatus status, String reason) {
        boolean isEvent() {
            return action.equals(EVENT);
        }

        /** Whether nothing more has to be done for the person. */
        boolean isEnd() {
            return !isEvent()
                    && switch (status) {
                        case Invited, LinkSent, AlreadyMember, Skipped, Failed, Unknown -> true;
                        case Accepted, Deferred, Reverted -> false;
                    };
        }
    }
}
