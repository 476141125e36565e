package dev.beckon.operator.run;

import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.account.AccountJudge.Hindrance;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.run.RunScene.Timing;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.WorkerPod;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.Supplier;

/** What comes before the question which run is next. Pure: the same scene gives the same course. */
public final class RunPlan {
    private RunPlan() {}

    /**
     * The course.
     *
     * @param content a digest of what a run would be asked for today; absent when the account is gone
     * @param next asked when nothing stands in the way and no worker runs
     */
    public static RunCourse of(RunScene<?> scene, Optional<String> content, Supplier<RunCourse> next) {
        if (scene.asked().suspend()) {
            return new RunCourse.Resting(scene.restored());
        }
        return switch (scene.reading()) {
            case Reading.Asked<?> asked -> new RunCourse.AwaitLedger();
            case Reading.Unreachable<?> unreachable -> new RunCourse.Blind(unreachable.why());
            case Reading.Known<?> _ ->
                restored(scene)
                        .or(() -> invalid(scene))
                        .or(() -> alone(scene))
                        .or(() -> abandoned(scene))
                        .or(() -> working(scene, content))
                        .orElseGet(next);
        };
    }

    /** What keeps the account from being used now. */
    public static Optional<RunCourse> hindered(RunScene<?> scene) {
        return AccountJudge.hindrance(
                        scene.account().orElseThrow(), scene.owner().kind(), scene.now())
                .map(it -> switch (it) {
                    case Hindrance.Until until -> new RunCourse.Until(until.at(), until.reason(), until.message());
                    case Hindrance.Awaiting awaiting -> new RunCourse.Awaiting(awaiting.reason(), awaiting.message());
                    case Hindrance.Blocked blocked -> RunCourse.Stalled.of(blocked.reason(), blocked.message());
                });
    }

    private static Optional<RunCourse> restored(RunScene<?> scene) {
        return scene.restored()
                .map(breaker -> new RunCourse.Stalled(
                        Reason.LedgerBehindStatus,
                        RestoredLedger.sentence(scene.resource(), breaker),
                        Optional.empty(),
                        Optional.of(breaker),
                        true));
    }

    /** What the API server can't judge: it knows neither the bounds of a schedule nor our list of time zones. */
    private static Optional<RunCourse> invalid(RunScene<?> scene) {
        if (!scene.scheduled()) {
            return Optional.empty();
        }
        Timing timing = scene.asked().timing().orElseThrow();
        try {
            return timing.read().next(scene.now()).isPresent()
                    ? Optional.empty()
                    : Optional.of(RunCourse.Stalled.of(
                            Reason.InvalidSpec,
                            "spec.schedule '" + timing.schedule() + "' is never due: no year has such a day."));
        } catch (IllegalArgumentException e) {
            String field = e.getCause() instanceof DateTimeException ? "spec.timeZone" : "spec.schedule";
            return Optional.of(RunCourse.Stalled.of(Reason.InvalidSpec, field + ": " + e.getMessage() + "."));
        }
    }

    private static Optional<RunCourse> alone(RunScene<?> scene) {
        boolean works = scene.seen().active().isPresent() && scene.abandoned().isEmpty();
        return scene.account().isPresent() || works
                ? Optional.empty()
                : Optional.of(RunCourse.Stalled.of(
                        Reason.AccountUnknown,
                        "There is no TelegramAccount " + scene.asked().accountName()
                                + " in this namespace: create it, or name"
                                + " one that exists in spec.account.name (kubectl get telegramaccounts -n "
                                + scene.resource().getMetadata().getNamespace() + ")."));
    }

    /** The account was deleted and made again: its own run begins when the one with the account that is gone has ended. */
    private static Optional<RunCourse> abandoned(RunScene<?> scene) {
        return scene.abandoned().isEmpty()
                ? Optional.empty()
                : Optional.of(new RunCourse.Queued(Holder.Brief.ENDING_POD));
    }

    private static Optional<RunCourse> working(RunScene<?> scene, Optional<String> content) {
        return scene.seen()
                .active()
                .map(run -> new RunCourse.Working(
                        run,
                        content.filter(it -> !it.equals(run.content())).isPresent(),
                        scene.seen().podOf(run).flatMap(WorkerPod::trouble)));
    }
}
