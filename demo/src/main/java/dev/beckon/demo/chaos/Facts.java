package dev.beckon.demo.chaos;

import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.report.CampaignReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run left behind.
 *
 * @param contacts what Telegram saw, oldest first
 * @param overlaps how often one auth key was in use by two processes at once
 * @param reports by the campaign's uid
 * @param standings where the ledger has each person of each campaign
 * @param optedOut since when a person's opt-out is in the ledger, by Telegram id
 * @param callsCutOff calls whose answer nobody wrote down
 * @param stuck why an account came to no end
 * @param neverKilled named steps at which no worker was killed
 */
record Facts(
        List<Contact> contacts,
        int overlaps,
        Map<String, CampaignReport> reports,
        List<Standing> standings,
        Map<Long, Instant> optedOut,
        int callsCutOff,
        List<String> stuck,
        List<String> neverKilled) {
    /** One person of one campaign. */
    record Standing(Scenario.Campaign campaign, Scenario.Human human, OutcomeStatus status) {}
}
