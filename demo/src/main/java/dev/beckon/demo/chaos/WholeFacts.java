package dev.beckon.demo.chaos;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.demo.proof.KindEvidence;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a whole run left behind, beside what {@link Facts} hold.
 *
 * @param kinds what came of logins, parsers and posts
 * @param shown the same, with the statuses of parsers and schedules
 * @param campaigns as the API server has them
 * @param done the kills that happened
 * @param pairs pods of one account that ran at once
 * @param events how many of a webhook's were kept
 * @param unanswered how many calls of a webhook were in vain
 * @param leaks where a person or a secret stands and must not
 */
record WholeFacts(
        Facts facts,
        KindFacts kinds,
        KindEvidence shown,
        List<InviteCampaign> campaigns,
        List<WholeFaults.Done> done,
        Set<String> pairs,
        int events,
        int unanswered,
        List<String> leaks,
        Duration took) {}
