package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleStatus.Outcome;
import dev.beckon.crd.AutopostScheduleStatus.TargetOutcome;
import dev.beckon.crd.AutopostScheduleStatus.UnknownOutcome;
import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.content.TargetKeys;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.AutopostReport.InTarget;
import dev.beckon.ledger.report.AutopostReport.Spread;
import dev.beckon.ledger.report.AutopostReport.UnknownPost;
import dev.beckon.operator.Statuses;
import dev.beckon.workorder.TargetNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What became of posts in a schedule's targets. The ledger knows a target by a digest; the schedule's spec alone can name it, so one that
 * was taken out of it, or is written otherwise since, has no name any more. Pure.
 *
 * @param names as they are shown, by {@link TargetKeys#of}, in the spec's order
 * @param spread of the newest run that had a post
 */
record PostTargets(Map<String, String> names, Optional<Spread> spread, List<UnknownPost> posts) {

    static PostTargets of(AutopostObserved observed) {
        return of(
                observed.spec().targets(),
                observed.report().flatMap(AutopostReport::spread),
                observed.report().map(AutopostReport::unknown).orElse(List.of()));
    }

    /** @param written the targets of the spec */
    static PostTargets of(List<String> written, Optional<Spread> spread, List<UnknownPost> posts) {
        List<String> shown = TargetNames.shown(written);
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < written.size(); i++) {
            names.put(TargetKeys.of(written.get(i)), shown.get(i));
        }
        return new PostTargets(names, spread, posts);
    }

    private record Named(String name, InTarget in) {}

    /** What the status tells of the newest post; nothing before the first. */
    List<TargetOutcome> outcomes() {
        return spread.stream()
                .flatMap(run -> names.entrySet().stream().map(it -> outcome(run, it.getKey(), it.getValue())))
                .toList();
    }

    private static TargetOutcome outcome(Spread spread, String key, String name) {
        InTarget in = spread.targets().get(key);
        if (in == null) {
            // A post that a person has published again goes only to the chats of which nobody could tell.
            Outcome outcome = spread.ended() || spread.again() ? Outcome.NotTried : Outcome.Pending;
            return new TargetOutcome(name, outcome, null, null, null);
        }
        return new TargetOutcome(
                name,
                outcome(in.state()),
                in.reason()
                        .or(() -> Optional.of(in.state().name()).filter(_ -> in.state() == PublicationState.PlainText))
                        .orElse(null),
                in.link().orElse(null),
                in.at().map(Statuses::seconds).orElse(null));
    }

    private static Outcome outcome(PublicationState state) {
        return switch (state) {
            case Pending -> Outcome.Pending;
            case Open -> Outcome.InFlight;
            case Published, PlainText -> Outcome.Published;
            case Failed -> Outcome.Failed;
            case OutcomeUnknown -> Outcome.OutcomeUnknown;
        };
    }

    /** What the status tells of posts of which nobody can tell where they are. */
    List<UnknownOutcome> unknown() {
        return posts.stream()
                .map(it -> new UnknownOutcome(
                        it.key(),
                        it.targets().size(),
                        names.entrySet().stream()
                                .filter(name -> it.targets().contains(name.getKey()))
                                .map(Map.Entry::getValue)
                                .toList()))
                .toList();
    }

    /** Those that have the run's post in a state. */
    List<String> in(PublicationState state, AutopostReport.Run run) {
        return named(run, in -> in.state() == state).map(Named::name).toList();
    }

    /** Those that a run's post did not come into, each with its reason. */
    List<String> failed(AutopostReport.Run run) {
        return named(run, in -> in.state() == PublicationState.Failed)
                .map(it -> it.name + it.in.reason().map(why -> " (" + why + ")").orElse(""))
                .toList();
    }

    /** Those that a run's post did not come into for a reason. */
    List<String> failed(AutopostReport.Run run, String reason) {
        return named(
                        run,
                        in -> in.state() == PublicationState.Failed
                                && in.reason().filter(reason::equals).isPresent())
                .map(Named::name)
                .toList();
    }

    /** Of the newest run that had a post; of any other the ledger's report has only counts. */
    private Stream<Named> named(AutopostReport.Run run, Predicate<InTarget> which) {
        return spread.filter(it -> it.runUid().equals(run.runUid())).stream()
                .flatMap(told -> names.entrySet().stream()
                        .filter(it -> told.targets().containsKey(it.getKey()))
                        .map(it -> new Named(it.getValue(), told.targets().get(it.getKey()))))
                .filter(it -> which.test(it.in));
    }
}
