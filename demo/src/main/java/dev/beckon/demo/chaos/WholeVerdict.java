package dev.beckon.demo.chaos;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.demo.chaos.Facts.Standing;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.workorder.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges a whole run: by what Telegram saw, as the fast level does, and by what Kubernetes shows of it. */
final class WholeVerdict {
    /** Who waits this long waits for the frequency cap, not for us. */
    private static final Duration WAITS_FOR_THE_CAP = Duration.ofHours(12);

    private WholeVerdict() {}

    static Verdict of(WholeWork work, WholePlan plan, WholeFacts whole) {
        Scenario scenario = work.scenario();
        List<String> wrongs =
                new ArrayList<>(Verdict.of(scenario, whole.facts()).wrongs());
        wrongs.addAll(KindVerdict.of(scenario.accounts(), work.kinds().kinds(), whole.kinds()));
        wrongs.addAll(WholeKindVerdict.of(work.kinds(), whole.shown()));
        for (Campaign campaign : scenario.campaigns()) {
            Optional<InviteCampaign> resource = named(whole.campaigns(), campaign);
            if (resource.isEmpty()) {
                wrongs.add(campaign.name() + ": Kubernetes does not know it any more");
                continue;
            }
            if (!ended(scenario, campaign, resource.get())) {
                wrongs.add(campaign.name() + ": came to no end: " + words(resource.get()));
            }
            wrongs.addAll(disagreements(campaign, resource.get(), whole.facts()));
        }
        whole.pairs().forEach(pair -> wrongs.add("two workers of one account ran at once: " + pair));
        whole.leaks().forEach(leak -> wrongs.add("leak: " + leak));
        Set<WholeFault.Kind> happened =
                whole.done().stream().map(it -> it.fault().kind()).collect(Collectors.toSet());
        plan.faults().stream()
                .map(WholeFault::kind)
                .distinct()
                .filter(kind -> !happened.contains(kind))
                .forEach(kind -> wrongs.add("nothing was ever killed of the kind: " + kind.words()));
        return new Verdict(List.copyOf(wrongs));
    }

    /**
     * Whether nothing more is to come: done, or left only with people who may be contacted next week; of a campaign with a webhook, which has no end,
     * when all who are to come have come and are done.
     */
    static boolean ended(Scenario scenario, Campaign campaign, InviteCampaign resource) {
        if (resource.getStatus() == null || resource.getStatus().state() == null) {
            return false;
        }
        Progress progress = resource.getStatus().progress();
        Instant next = resource.getStatus().nextActionTime();
        if (WholeScenario.called(campaign)) {
            return resource.getStatus().state() == State.Waiting
                    && progress != null
                    && progress.total() == campaign.audience().size()
                    && progress.inFlight() == 0
                    && progress.pending() <= mayWait(scenario, campaign);
        }
        return resource.getStatus().state() == State.Succeeded
                || (resource.getStatus().state() == State.Waiting
                        && next != null
                        && next.isAfter(Instant.now().plus(WAITS_FOR_THE_CAP))
                        && progress != null
                        && progress.inFlight() == 0
                        && progress.pending() <= mayWait(scenario, campaign));
    }

    private static long mayWait(Scenario scenario, Campaign campaign) {
        return campaign.audience().stream()
                .map(Line::human)
                .filter(scenario.capped()::contains)
                .count();
    }

    /** Where the status says something else than the ledger's sums, or these than its rows. */
    static List<String> disagreements(Campaign campaign, InviteCampaign resource, Facts facts) {
        CampaignReport report = facts.reports().get(campaign.uid());
        Progress shown =
                resource.getStatus() == null ? null : resource.getStatus().progress();
        if (report == null || shown == null) {
            return List.of(campaign.name() + ": " + (report == null ? "the ledger" : "the status") + " has no sums");
        }
        List<String> wrongs = new ArrayList<>();
        Counts counts = report.counts();
        Progress expected = Progress.of(
                counts.total(),
                counts.invited(),
                counts.linkSent(),
                counts.alreadyMember(),
                counts.skipped(),
                counts.failed(),
                counts.pending(),
                counts.inFlight(),
                counts.unknown());
        if (!expected.equals(shown)) {
            wrongs.add(campaign.name() + ": the status says " + shown + ", the ledger has " + expected);
        }
        Arrays.stream(OutcomeStatus.values())
                .forEach(status -> sum(status, counts).ifPresent(sum -> {
                    long rows = facts.standings().stream()
                            .filter(it -> it.campaign().name().equals(campaign.name()))
                            .map(Standing::status)
                            .filter(status::equals)
                            .count();
                    if (rows != sum) {
                        wrongs.add(campaign.name() + ": the ledger sums up " + Count.people(sum) + " as " + status
                                + ", its log has " + rows);
                    }
                }));
        return wrongs;
    }

    /** The sum of those whose last word it is; who was put off or reverted is counted by what came later. */
    private static Optional<Long> sum(OutcomeStatus status, Counts counts) {
        return switch (status) {
            case Invited -> Optional.of(counts.invited());
            case LinkSent -> Optional.of(counts.linkSent());
            case AlreadyMember -> Optional.of(counts.alreadyMember());
            case Skipped -> Optional.of(counts.skipped());
            case Failed -> Optional.of(counts.failed());
            case Unknown -> Optional.of(counts.unknown());
            case Accepted, Deferred, Reverted -> Optional.empty();
        };
    }

    static Optional<InviteCampaign> named(List<InviteCampaign> resources, Campaign campaign) {
        return resources.stream()
                .filter(it -> it.getMetadata().getName().equals(campaign.name()))
                .findFirst();
    }

    /** How a campaign stands, for a person who wonders why it does not go on. */
    static String words(InviteCampaign resource) {
        if (resource.getStatus() == null || resource.getStatus().state() == null) {
            return "no status";
        }
        var status = resource.getStatus();
        return status.state()
                + (status.progress() == null ? "" : " " + status.progress().summary())
                + (status.waitingFor() == null ? "" : ", waits for " + status.waitingFor())
                + (status.nextActionTime() == null ? "" : ", next at " + status.nextActionTime())
                + status.conditions().stream()
                        .filter(it -> "Stalled".equals(it.getType()) && "True".equals(it.getStatus()))
                        .map(it -> ", stalled: " + it.getReason() + ": " + it.getMessage())
                        .collect(Collectors.joining());
    }
}
