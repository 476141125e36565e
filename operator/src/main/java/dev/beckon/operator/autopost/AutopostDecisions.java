package dev.beckon.operator.autopost;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.content.PostDecisions.Decided;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.workorder.Count;
import java.util.List;
import java.util.Optional;

/**
 * The annotation by which a person has a post published again of which nobody can tell whether it is in the chat. Its value is the post's
 * key, for a second time with a slash and any word behind it; each value works once, which the ledger remembers.
 */
public final class AutopostDecisions {
    private static final String WORD = "/";

    private final LedgerDoor door;
    private final WrittenPosts posts;
    private final ReportBook book;
    private final HumanRequests requests;

    public AutopostDecisions(LedgerDoor door, WrittenPosts posts, ReportBook book, HumanRequests requests) {
        this.door = door;
        this.posts = posts;
        this.book = book;
        this.requests = requests;
    }

    /**
     * Carries out what is new.
     *
     * @return what to tell of it; empty when nothing is new, or the ledger must answer first
     */
    public Optional<Said> carryOut(AutopostObserved observed) {
        String uid = observed.scene().uid();
        Optional<String> value = requests.fresh(
                observed.schedule(), HumanRequests.REQUEUE, observed.before().requeueUnknown());
        // A ledger that was restored and nobody acknowledged does not know which posts are in doubt.
        if (value.isEmpty()
                || !(observed.scene().reading() instanceof Reading.Known<?>)
                || observed.scene().restored().isPresent()) {
            return Optional.empty();
        }
        Optional<Said> said;
        try {
            said = decided(observed, value.get());
            requests.decided(uid, HumanRequests.REQUEUE, value.get());
        } catch (LedgerUnavailableException e) {
            // The reader finds out when the ledger answers again, and has this schedule looked at.
            book.refresh(Subject.autopost(uid));
            return Optional.empty();
        } catch (LedgerException e) {
            said = Optional.of(HumanRequests.refused(HumanRequests.REQUEUE, value.get(), e.getMessage()));
            requests.done(uid, HumanRequests.REQUEUE, value.get());
        }
        book.refresh(Subject.autopost(uid));
        return said;
    }

    /** What the status remembers of the annotation. */
    String remembered(AutopostObserved observed) {
        return requests.remembered(
                observed.schedule(), HumanRequests.REQUEUE, observed.before().requeueUnknown());
    }

    private Optional<Said> decided(AutopostObserved observed, String value) {
        String post = value.split(WORD, 2)[0].strip();
        boolean unknown = unknown(observed).contains(post);
        if (unknown
                && posts.keys(observed.schedule())
                        .filter(it -> !it.contains(post))
                        .isPresent()) {
            return Optional.of(HumanRequests.refused(
                    HumanRequests.REQUEUE,
                    value,
                    "The post " + post
                            + " is not among the schedule's posts any more. Write it again, then set the annotation with a"
                            + " slash and any word behind the post's name."));
        }
        return switch (door.publishAgain(observed.scene().uid(), post, value)) {
            case Decided.UsedBefore _ ->
                // Without a memory of any value this is the one that an earlier release, or a process that died, has
                // carried out.
                unknown && observed.before().requeueUnknown() != null
                        ? Optional.of(HumanRequests.refused(
                                HumanRequests.REQUEUE,
                                value,
                                "This value was used before, and each works once. Set it with a slash and another word behind the post's"
                                        + " name."))
                        : Optional.empty();
            case Decided.Again(int chats) ->
                Optional.of(HumanRequests.told(
                        HumanRequests.REQUEUE,
                        value,
                        Reason.PostRequeued,
                        "The post " + post + " is published again in "
                                + Count.of(
                                        chats,
                                        "chat where nobody knows its outcome",
                                        "chats where nobody knows its outcome")
                                + "."));
            case Decided.RunGoesOn _ ->
                Optional.of(HumanRequests.refused(
                        HumanRequests.REQUEUE,
                        value,
                        "The run of the post " + post
                                + " goes on, so its worker may send it yet. Look into the chat when the run has ended;"
                                + " then set the annotation with a slash and any word behind the post's name."));
            case Decided.NotUnknown _ ->
                Optional.of(HumanRequests.refused(
                        HumanRequests.REQUEUE,
                        value,
                        "No post of this name has an unknown outcome" + others(observed)));
        };
    }

    private static List<String> unknown(AutopostObserved observed) {
        return observed.report().map(AutopostReport::unknownPosts).orElse(List.of());
    }

    private static String others(AutopostObserved observed) {
        List<String> unknown = unknown(observed);
        return unknown.isEmpty()
                ? ", nor has any other."
                : ". Those that have: " + String.join(", ", unknown) + ". Give one of these names.";
    }
}
