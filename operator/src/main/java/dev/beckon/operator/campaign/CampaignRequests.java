package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.RestoredRequests;
import dev.beckon.operator.ledger.Subject;
import dev.beckon.workorder.Count;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a person asked for by an annotation. Each value works once: the ledger remembers those that move people, and a
 * breaker's id is used up with the breaker.
 */
public final class CampaignRequests {
    private final LedgerDoor door;
    private final ReportBook book;
    private final HumanRequests requests;
    private final RestoredRequests restored;

    public CampaignRequests(LedgerDoor door, ReportBook book, HumanRequests requests) {
        this.door = door;
        this.book = book;
        this.requests = requests;
        this.restored = new RestoredRequests(door, book, requests);
    }

    /** Carries out that a person accepts a restored ledger; see {@link RestoredRequests#carryOut}. */
    public Optional<Said> accept(Observed observed) {
        return restored.carryOut(observed.held());
    }

    /**
     * Carries out what else is new.
     *
     * @return what to tell of it; empty when nothing is new, or the ledger must answer first
     */
    public Optional<Said> carryOut(Observed observed) {
        Map<String, String> annotations = observed.campaign().getMetadata().getAnnotations();
        if (annotations == null || !(observed.reading() instanceof Reading.Known<CampaignReport> known)) {
            return Optional.empty();
        }
        try {
            Optional<Said> acknowledged = acknowledge(observed, annotations.get(Labels.ACKNOWLEDGE), known);
            // A ledger that was restored and nobody acknowledged does not know who is in doubt.
            return acknowledged.isPresent() || observed.restored().isPresent()
                    ? acknowledged
                    : once(observed, HumanRequests.REQUEUE, observed.before().requeueUnknown(), this::requeue)
                            .or(() -> once(
                                    observed,
                                    HumanRequests.REASSIGN,
                                    observed.before().reassign(),
                                    this::reassign));
        } catch (LedgerUnavailableException e) {
            // The reader finds out when the ledger answers again, and has this campaign looked at.
            book.refresh(Subject.campaign(observed.uid()));
            return Optional.empty();
        }
    }

    private Optional<Said> acknowledge(Observed observed, String value, Reading.Known<CampaignReport> known) {
        // A restored ledger that could not be accepted yet is no breaker that nobody knows.
        if (value == null
                || requests.isDone(observed.uid(), Labels.ACKNOWLEDGE, value)
                || observed.held().accepted().isPresent()) {
            return Optional.empty();
        }
        Optional<String> open =
                known.report().flatMap(CampaignReport::breaker).map(CampaignReport.BreakerReport::breakerId);
        boolean ofAccount = accountBreakers(observed).anyMatch(value::equals);
        if (ofAccount || open.filter(value::equals).isPresent()) {
            door.acknowledge(value);
            return acknowledged(observed, value);
        }
        if (open.isEmpty()
                && observed.restored().isEmpty()
                && accountBreakers(observed).findAny().isEmpty()) {
            return Optional.empty();
        }
        requests.done(observed.uid(), Labels.ACKNOWLEDGE, value);
        return Optional.of(HumanRequests.refused(
                Labels.ACKNOWLEDGE, value, "No breaker of this id is open: status.breaker.id has the one to name."));
    }

    /** Those that the ledger keeps. That it is older than an account's status is accepted on the account. */
    private static Stream<String> accountBreakers(Observed observed) {
        return observed.accounts().stream()
                .map(TelegramAccount::getStatus)
                .flatMap(Stream::ofNullable)
                .map(TelegramAccountStatus::breaker)
                .flatMap(Stream::ofNullable)
                .filter(it -> RestoredLedger.standing(it).isEmpty())
                .map(TrippedBreaker::id);
    }

    private Optional<Said> acknowledged(Observed observed, String value) {
        requests.done(observed.uid(), Labels.ACKNOWLEDGE, value);
        observed.accounts()
                .forEach(account ->
                        book.refresh(Subject.account(account.getMetadata().getUid())));
        book.refresh(Subject.campaign(observed.uid()));
        // A breaker of a Telegram user stands in the reports of every account and campaign of that user.
        book.allChanged();
        return Optional.of(HumanRequests.told(
                Labels.ACKNOWLEDGE, value, Reason.Acknowledged, "The breaker is closed; the campaign goes on."));
    }

    /** What the status remembers of the annotations that move people. */
    record Remembered(String requeueUnknown, String reassign) {}

    Remembered remembered(Observed observed) {
        InviteCampaignStatus before = observed.before();
        return new Remembered(
                requests.remembered(observed.campaign(), HumanRequests.REQUEUE, before.requeueUnknown()),
                requests.remembered(observed.campaign(), HumanRequests.REASSIGN, before.reassign()));
    }

    /** One kind of request that the ledger remembers. */
    @FunctionalInterface
    private interface Request {
        /** Empty when the value was used before. */
        Optional<Said> carryOut(Observed observed, String value);
    }

    private Optional<Said> once(Observed observed, String annotation, String before, Request request) {
        Optional<String> fresh = requests.fresh(observed.campaign(), annotation, before);
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        String value = fresh.get();
        Optional<Said> said;
        try {
            said = request.carryOut(observed, value);
        } catch (LedgerUnavailableException e) {
            throw e;
        } catch (LedgerException e) {
            // Such as a campaign that the ledger does not know yet: the next process asks again.
            requests.done(observed.uid(), annotation, value);
            said = Optional.of(HumanRequests.refused(annotation, value, e.getMessage()));
        }
        book.refresh(Subject.campaign(observed.uid()));
        return said;
    }

    private Optional<Said> requeue(Observed observed, String value) {
        Decided decided = door.requeueUnknown(observed.uid(), value);
        requests.decided(observed.uid(), HumanRequests.REQUEUE, value);
        return switch (decided) {
            case Decided.UsedBefore _ ->
                // Nobody is in doubt after the value was carried out: who asks once more means others.
                isRemembered(
                                observed.before().requeueUnknown(),
                                observed,
                                it -> it.counts().unknown() > 0)
                        ? usedBefore(HumanRequests.REQUEUE, value, "give another word")
                        : Optional.empty();
            case Decided.Done(long people) ->
                Optional.of(HumanRequests.told(
                        HumanRequests.REQUEUE,
                        value,
                        Reason.PeopleRequeued,
                        Count.of(people, "person of unknown outcome is", "people of unknown outcome are")
                                + " tried again."));
        };
    }

    /** Without a memory of any value the used one is that which an earlier release, or a process that died, has carried out. */
    private static boolean isRemembered(String before, Observed observed, Predicate<CampaignReport> wanted) {
        return before != null && observed.report().filter(wanted).isPresent();
    }

    private static Optional<Said> usedBefore(String annotation, String value, String instead) {
        return Optional.of(HumanRequests.refused(
                annotation, value, "This value was used before, and each works once: " + instead + "."));
    }

    private Optional<Said> reassign(Observed observed, String value) {
        String[] parts = value.split(":", 3);
        Optional<String> from = parts.length < 2 ? Optional.empty() : accountUid(observed, parts[0]);
        Optional<String> to = parts.length < 2
                ? Optional.empty()
                : observed.recipient(parts[1])
                        .map(it -> it.getMetadata().getUid())
                        .or(() -> accountUid(observed, parts[1]));
        if (from.isEmpty() || to.isEmpty()) {
            // An account that is made later, or gets the label of the campaign's selector, is known then.
            requests.done(observed.uid(), HumanRequests.REASSIGN, value);
            return Optional.of(HumanRequests.refused(
                    HumanRequests.REASSIGN,
                    value,
                    "Write <from>:<to>, two accounts of this campaign by name; one that is gone by its uid."));
        }
        Whom whom = whom(observed, from.get());
        Decided decided = door.reassign(observed.uid(), from.get(), to.get(), whom, value);
        requests.decided(observed.uid(), HumanRequests.REASSIGN, value);
        return switch (decided) {
            case Decided.UsedBefore _ ->
                isRemembered(observed.before().reassign(), observed, it -> hasPending(it, from.get()))
                        ? usedBefore(HumanRequests.REASSIGN, value, "add a colon and any word behind it")
                        : Optional.empty();
            case Decided.Done(long people) ->
                Optional.of(HumanRequests.told(
                        HumanRequests.REASSIGN,
                        value,
                        Reason.PeopleReassigned,
                        switch (whom) {
                            case Pending -> people + " pending people were handed to another account.";
                            case All ->
                                people + " people were handed to another account, those in flight among them: its next"
                                        + " worker settles these, mostly as of unknown outcome.";
                        }));
        };
    }

    /** An account that can still ask Telegram settles itself who is in flight. */
    private static Whom whom(Observed observed, String fromUid) {
        boolean asks = observed.neighbours().stream()
                .filter(it -> fromUid.equals(it.getMetadata().getUid()))
                .anyMatch(it -> !AccountJudge.isOutOfWork(it));
        return asks ? Whom.Pending : Whom.All;
    }

    private static boolean hasPending(CampaignReport report, String accountUid) {
        return report.accounts().stream().anyMatch(it -> it.accountUid().equals(accountUid) && it.pending() > 0);
    }

    private static Optional<String> accountUid(Observed observed, String nameOrUid) {
        Optional<String> byName = observed.accounts().stream()
                .filter(it -> it.getMetadata().getName().equals(nameOrUid))
                .map(it -> it.getMetadata().getUid())
                .findFirst();
        return byName.or(() -> observed.report().stream()
                .flatMap(it -> it.accounts().stream())
                .map(CampaignReport.AccountShare::accountUid)
                .filter(nameOrUid::equals)
                .findFirst());
    }
}
