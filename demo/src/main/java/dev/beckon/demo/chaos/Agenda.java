package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.ledger.accounts.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an account has to do. A run of a parser or schedule is due after so many outcomes of the account, never by the clock; as
 * long as the plan holds something for its kind, more runs follow.
 */
final class Agenda {
    /** The next one comes in the midst of the other campaigns. */
    private static final int INTERRUPTING_POSTS = 2;

    private final Account account;
    private final Kinds kinds;
    private final Deque<Campaign> campaigns;
    private final Predicate<Priority> more;
    /** What was begun is brought to its end. */
    private final Set<Work> begun = new HashSet<>();

    private boolean putOff;
    private int parsed;
    private int published;

    /** @param more whether the plan holds something that has to happen to a worker of that kind yet */
    Agenda(Account account, Scenario scenario, Kinds kinds, Predicate<Priority> more) {
        this.account = account;
        this.kinds = kinds;
        this.campaigns = new ArrayDeque<>(kinds.campaignsOf(account, scenario));
        this.more = more;
    }

    /** A run, and after how many outcomes it is due. */
    private record Errand(Work work, int due) {}

    /** What begins now: what is due, by rank; then the campaigns; then what was to be due after more outcomes than there were. */
    Optional<Work> next(int outcomes) {
        putOff();
        List<Errand> errands = errands();
        Optional<Work> next = first(errands, outcomes)
                .or(() -> Optional.ofNullable(campaigns.peek()).map(this::invite))
                .or(() -> first(errands, Integer.MAX_VALUE));
        next.ifPresent(begun::add);
        return next;
    }

    /** What is due and outranks the work that is done now. */
    Optional<Work> outranking(Work now, int outcomes) {
        return first(
                errands().stream()
                        .filter(e -> e.work.priority().rank() > now.priority().rank())
                        .toList(),
                outcomes);
    }

    void done(Work work) {
        switch (work) {
            case Work.Invite _, Work.Listen _ -> campaigns.remove();
            case Work.Parse(var _, int run) -> parsed = run;
            case Work.Publish(var _, int run) -> published = run;
        }
    }

    /** Runs of the account's parser that came to their end. */
    int parsed() {
        return parsed;
    }

    /** Runs of the account's schedule that came to their end. */
    int published() {
        return published;
    }

    /** Once it was interrupted by all that is there for it, its people are for what the plan then still holds, after all others. */
    private void putOff() {
        Campaign campaign = campaigns.peek();
        if (campaign != null && !putOff && isMeanwhile(campaign) && isInterruptedByAll()) {
            putOff = true;
            campaigns.add(campaigns.remove());
        }
    }

    private boolean isInterruptedByAll() {
        return kinds.scheduleOf(account).stream().allMatch(_ -> published >= INTERRUPTING_POSTS)
                && kinds.parserOf(account).stream().allMatch(_ -> parsed > 0);
    }

    private Work invite(Campaign campaign) {
        if (kinds.isHook(campaign)) {
            return new Work.Listen(campaign);
        }
        return new Work.Invite(campaign, isMeanwhile(campaign) && !putOff);
    }

    private boolean isMeanwhile(Campaign campaign) {
        return kinds.meanwhile().contains(campaign);
    }

    private List<Errand> errands() {
        List<Errand> errands = new ArrayList<>();
        kinds.scheduleOf(account)
                .flatMap(it -> errand(new Work.Publish(it, published + 1), published, it.due()))
                .ifPresent(errands::add);
        kinds.parserOf(account)
                .flatMap(it -> errand(new Work.Parse(it, parsed + 1), parsed, it.due()))
                .ifPresent(errands::add);
        return errands;
    }

    private Optional<Errand> errand(Work work, int before, List<Integer> due) {
        if (before < due.size()) {
            return Optional.of(new Errand(work, due.get(before)));
        }
        boolean follows = more.test(work.priority()) && before < Kinds.MOST_RUNS;
        return begun.contains(work) || follows ? Optional.of(new Errand(work, 0)) : Optional.empty();
    }

    private static Optional<Work> first(List<Errand> errands, int outcomes) {
        return errands.stream()
                .filter(errand -> errand.due <= outcomes)
                .map(Errand::work)
                .max(Comparator.comparingInt(work -> work.priority().rank()));
    }
}
