package dev.beckon.demo.chaos;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.demo.chaos.WholeKinds.Posting;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.KindProof;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.ledger.report.ParserReport;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges what Kubernetes shows of a whole run's parsers and schedules: whether each came to its end, and tells what the ledger does. What
 * Telegram saw of them is judged by {@link KindVerdict}.
 */
final class WholeKindVerdict {
    private final List<String> wrongs = new ArrayList<>();

    private WholeKindVerdict() {}

    /** A sentence for each thing that must not be and is; minutes that were missed are none. */
    static List<String> of(WholeKinds kinds, KindEvidence evidence) {
        List<String> wrongs = new ArrayList<>();
        kinds.parsers()
                .forEach(parser -> WholeWork.named(evidence.parsers(), parser.name())
                        .filter(it -> !ended(it))
                        .ifPresent(it -> wrongs.add(parser.name() + ": came to no end: " + words(it))));
        kinds.postings()
                .forEach(posting -> WholeWork.named(
                                evidence.schedules(), posting.schedule().name())
                        .filter(it -> !ended(posting, it))
                        .ifPresent(it -> wrongs.add(posting.schedule().name() + ": came to no end: " + words(it))));
        if (ofCampaigners(kinds) > 1 && KindProof.handovers(evidence).isEmpty()) {
            wrongs.add("no account was given up for a post in the midst of its campaigns");
        }
        wrongs.addAll(disagreements(kinds, evidence));
        return List.copyOf(wrongs);
    }

    /** Schedules whose account has campaigns, which it may give up for a post. */
    private static int ofCampaigners(WholeKinds kinds) {
        return kinds.postings().size() - kinds.bots().size();
    }

    /** Where a status says something else than the ledger. */
    static List<String> disagreements(WholeKinds kinds, KindEvidence evidence) {
        WholeKindVerdict verdict = new WholeKindVerdict();
        kinds.parsers()
                .forEach(parser -> verdict.parser(
                        parser.name(),
                        WholeWork.named(evidence.parsers(), parser.name()),
                        evidence.parserReports().get(parser.uid())));
        kinds.postings()
                .forEach(posting -> verdict.schedule(
                        posting.schedule().name(),
                        WholeWork.named(evidence.schedules(), posting.schedule().name()),
                        evidence.autopostReports().get(posting.schedule().uid())));
        return List.copyOf(verdict.wrongs);
    }

    /** Whether the people it asks for are all there. */
    static boolean ended(ParserJob parser) {
        return parser.getStatus() != null && parser.getStatus().state() == ParserJobStatus.State.Succeeded;
    }

    /** Whether every post was used, and nothing more is to come. */
    static boolean ended(Posting posting, AutopostSchedule schedule) {
        AutopostScheduleStatus status = schedule.getStatus();
        return status != null
                && status.state() == AutopostScheduleStatus.State.Exhausted
                && status.progress() != null
                && status.progress().total() == posting.posts()
                && status.progress().used() == posting.posts();
    }

    private void parser(String name, Optional<ParserJob> resource, ParserReport report) {
        Optional<ParserJobStatus> status = resource.map(ParserJob::getStatus);
        Optional<ParserJobStatus.Progress> shown = status.map(ParserJobStatus::progress);
        if (!known(name, resource.isPresent(), shown.isPresent(), report)) {
            return;
        }
        ParserReport.Run newest = report.newest();
        ParserJobStatus.Progress progress = shown.orElseThrow();
        compare(name, "scanned", progress.scanned(), newest.counts().scanned());
        compare(name, "collected", progress.collected(), newest.people());
        compare(name, "listed", progress.listed(), newest.counts().listed());
        compare(name, "chatTotal", progress.chatTotal(), newest.counts().chatTotal());
        compare(name, "bots", progress.bots(), newest.counts().bots());
        compare(name, "deleted", progress.deleted(), newest.counts().deleted());
        compare(name, "filtered", progress.filtered(), newest.counts().filtered());
        compare(name, "duplicates", progress.duplicates(), newest.counts().duplicates());
        Optional<ParserJobStatus.Dataset> dataset = status.map(ParserJobStatus::dataset);
        compare(
                name,
                "dataset",
                dataset.map(ParserJobStatus.Dataset::id),
                report.complete().map(ParserReport.Run::datasetUid));
        compare(
                name,
                "rows",
                dataset.map(ParserJobStatus.Dataset::rows),
                report.complete().map(ParserReport.Run::people));
        compare(
                name,
                "sha256",
                dataset.map(ParserJobStatus.Dataset::sha256),
                report.complete().flatMap(ParserReport.Run::sha256));
    }

    private void schedule(String name, Optional<AutopostSchedule> resource, AutopostReport report) {
        Optional<AutopostScheduleStatus> status = resource.map(AutopostSchedule::getStatus);
        Optional<AutopostScheduleStatus.Progress> shown = status.map(AutopostScheduleStatus::progress);
        if (!known(name, resource.isPresent(), shown.isPresent(), report)) {
            return;
        }
        AutopostScheduleStatus.Progress progress = shown.orElseThrow();
        compare(name, "total", progress.total(), (long) report.postsTotal());
        compare(name, "used", progress.used(), (long) report.postsUsed());
        compare(name, "round", progress.round(), (long) report.round());
        compare(name, "published", progress.published(), report.published());
        compare(name, "failures", status.orElseThrow().failures(), report.failures());
        compare(name, "outcomeUnknown", status.orElseThrow().outcomeUnknown(), report.outcomeUnknown());
        compare(name, "unknownPosts", status.orElseThrow().unknownPosts(), report.unknownPosts());
    }

    private boolean known(String name, boolean there, boolean shown, Object report) {
        if (!there || !shown || report == null) {
            wrongs.add(name + ": "
                    + (!there
                            ? "Kubernetes does not know it"
                            : (shown ? "the ledger" : "the status") + " has no sums"));
            return false;
        }
        return true;
    }

    private void compare(String name, String what, Object status, Object ledger) {
        if (!Objects.equals(status, ledger)) {
            wrongs.add(name + ": the status says " + what + " " + status + ", the ledger has " + ledger);
        }
    }

    /** How a parser stands, for a person who wonders why it does not go on. */
    static String words(ParserJob parser) {
        ParserJobStatus status = parser.getStatus();
        return status == null || status.state() == null
                ? "no status"
                : status.state()
                        + (status.progress() == null
                                ? ""
                                : " " + status.progress().scanned() + " scanned")
                        + waits(status.waitingFor(), status.nextActionTime(), status.conditions());
    }

    /** The same of a schedule. */
    static String words(AutopostSchedule schedule) {
        AutopostScheduleStatus status = schedule.getStatus();
        return status == null || status.state() == null
                ? "no status"
                : status.state()
                        + (status.progress() == null
                                ? ""
                                : " " + status.progress().summary() + " used, "
                                        + status.progress().published() + " published")
                        + waits(status.waitingFor(), status.nextActionTime(), status.conditions());
    }

    private static String waits(String waitingFor, Object next, List<Condition> conditions) {
        return (waitingFor == null ? "" : ", waits for " + waitingFor)
                + (next == null ? "" : ", next at " + next)
                + conditions.stream()
                        .filter(it -> "Stalled".equals(it.getType()) && "True".equals(it.getStatus()))
                        .map(it -> ", stalled: " + it.getReason() + ": " + it.getMessage())
                        .collect(Collectors.joining());
    }
}
