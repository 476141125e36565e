package dev.beckon.operator;

import dev.beckon.operator.StatusPace.Advice;
import dev.beckon.operator.StatusPace.Rest;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.Notices;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The last step of a pass: tells what changed, in events and in the status, and says when to look again. */
@ApplicationScoped
public class StatusTeller {
    /**
     * Each write is followed by one more look. What a person changed between our reading and our write comes back with the
     * write's own answer, whose event the framework rightly takes for ours: nothing else would tell of an acknowledgement that was
     * set in that moment, and its campaign would stand still.
     */
    static final Duration AFTER_WRITE = Duration.ofSeconds(2);

    private final Notices notices;
    private final StatusPace pace;
    private final OperatorMetrics metrics;

    public StatusTeller(Notices notices, StatusPace pace, OperatorMetrics metrics) {
        this.notices = notices;
        this.pace = pace;
        this.metrics = metrics;
    }

    /**
     * How a kind is told.
     *
     * @param withoutSequence takes from a status what is no difference at all
     * @param withoutProgress takes from a status what may wait
     * @param rest how what may wait is told
     * @param mark tells a state from any other, for the name of the event that tells of its end
     * @param notices what a person would want to know of the step from one status to the next
     */
    public record Kind<S, R extends CustomResource<?, S>>(
            OperatorMetrics.Kind name,
            Supplier<R> empty,
            UnaryOperator<S> withoutSequence,
            UnaryOperator<S> withoutProgress,
            Rest rest,
            Function<S, String> mark,
            BiFunction<S, S, List<Notice>> notices) {}

    /** Under which a pass keeps the status that is being written. */
    private static final Object WRITTEN = "beckon.dev/status";

    /**
     * Tells a pass.
     *
     * @param context of the pass
     * @param before what the last status says; an empty one on the first pass
     * @param passing whether what the status tells is likely to be over in a moment
     * @param lookAgain when the resource must be looked at again at the latest
     */
    public <S, R extends CustomResource<?, S>> UpdateControl<R> tell(
            Kind<S, R> kind,
            R resource,
            Context<R> context,
            S before,
            S status,
            boolean passing,
            Optional<Instant> lookAgain,
            Instant now) {
        Advice advice = pace.advise(
                resource.getMetadata().getUid(),
                resource.getStatus(),
                status,
                kind.withoutSequence(),
                kind.withoutProgress(),
                kind.rest(),
                passing);
        return switch (advice) {
            case Advice.Nothing nothing -> silent(lookAgain, now);
            case Advice.PutOff(Duration in) -> {
                metrics.statusPutOff(kind.name());
                Instant then = now.plus(in);
                yield silent(Optional.of(lookAgain.filter(then::isAfter).orElse(then)), now);
            }
            case Advice.Write write -> {
                // Before the status: a pass that is repeated after a crash finds the event there.
                notices.publish(
                        resource, kind.mark().apply(before), kind.notices().apply(before, status));
                metrics.statusWritten(kind.name());
                R told = Statuses.carrier(resource, kind.empty(), status);
                context.managedWorkflowAndDependentResourceContext().put(WRITTEN, told);
                Instant soon = now.plus(AFTER_WRITE);
                yield Statuses.lookingAgain(
                        UpdateControl.patchStatus(told),
                        Optional.of(lookAgain.filter(soon::isAfter).orElse(soon)),
                        now);
            }
        };
    }

    /**
     * What becomes of a pass that failed. When its status was refused since somebody wrote the resource meanwhile, it is written all the same:
     * only it tells what became of an annotation, and the next pass sees what they wrote. When another has the resource's name by now, or
     * nobody, it is nobody's any more. Any other failure is repeated.
     */
    public <S, R extends CustomResource<?, S>> ErrorStatusUpdateControl<R> refused(
            Kind<S, R> kind, R resource, Context<R> context, Exception failure) {
        Optional<R> told = told(context);
        if (told.isEmpty() || !isOvertaken(failure)) {
            return ErrorStatusUpdateControl.defaultErrorProcessing();
        }
        R now = context.getClient().resource(resource).get();
        if (now == null
                || !now.getMetadata().getUid().equals(resource.getMetadata().getUid())) {
            return ErrorStatusUpdateControl.<R>noStatusUpdate().withNoRetry();
        }
        return ErrorStatusUpdateControl.patchStatus(
                        Statuses.carrier(now, kind.empty(), told.get().getStatus()))
                .withNoRetry()
                .rescheduleAfter(AFTER_WRITE);
    }

    /** The status that this pass wants to have written; empty when it failed before. */
    @SuppressWarnings("unchecked")
    private static <R extends CustomResource<?, ?>> Optional<R> told(Context<R> context) {
        return (Optional<R>) (Optional<?>)
                context.managedWorkflowAndDependentResourceContext().get(WRITTEN, CustomResource.class);
    }

    private static boolean isOvertaken(Exception failure) {
        return failure instanceof KubernetesClientException refusal
                && (refusal.getCode() == HttpURLConnection.HTTP_CONFLICT
                        || refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND);
    }

    /** Nothing to tell. */
    public static <R extends CustomResource<?, ?>> UpdateControl<R> silent(Optional<Instant> lookAgain, Instant now) {
        return Statuses.lookingAgain(UpdateControl.noUpdate(), lookAgain, now);
    }
}
