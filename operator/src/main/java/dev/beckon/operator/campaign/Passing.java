package dev.beckon.operator.campaign;

import dev.beckon.operator.worker.Holder;
import java.util.List;

/** What will be over by itself in a moment, and is news only if it lasts. Pure. */
final class Passing {
    private Passing() {}

    static boolean is(Observed observed, Course course) {
        return course instanceof Course.Active active
                && (waitsForAMoment(active.standings()) || onlyItsWorkerEnds(observed, active));
    }

    /** Its accounts are about to be free: the next status tells of the worker that has started. */
    private static boolean waitsForAMoment(List<Standing> standings) {
        return standings.stream().noneMatch(Standing.Working.class::isInstance)
                && standings.stream().anyMatch(Standing.Queued.class::isInstance)
                && standings.stream()
                        .filter(Standing.Queued.class::isInstance)
                        .map(Standing.Queued.class::cast)
                        .allMatch(it -> it.holder() instanceof Holder.Brief);
    }

    /**
     * Everybody is done, and its worker puts its session away: the next status tells of the end. Not before the status shows
     * the worker, by which its order is found when it has ended.
     */
    private static boolean onlyItsWorkerEnds(Observed observed, Course.Active active) {
        return !observed.isWebhook()
                && observed.imported()
                && CampaignPlanner.left(observed.report().orElseThrow()) == 0
                && CampaignStatusFactory.workers(observed, active)
                        .equals(observed.before().workers());
    }
}
