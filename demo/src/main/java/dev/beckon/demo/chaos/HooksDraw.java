package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Hook.Event;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.demo.chaos.Scenario.Trouble;
import dev.beckon.ledger.webhook.Receipt.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws campaigns of the fast level whose people come by webhook, beside what was drawn already, which stays as it was. */
final class HooksDraw {
    /** The last accounts have one each: of three in a row each has another mode. */
    private static final int HOOKS = 3;

    /** Of the people of a hook one has opted out before they come. */
    private static final int OPTED_OUT = 2;

    private static final List<Trouble> TROUBLES = List.of(
            Trouble.ANSWER_LOST,
            Trouble.LATE,
            Trouble.SENT_TWICE,
            Trouble.DELETED_FOR_BOTH_SIDES,
            Trouble.JOINED_ALONE);

    private final RandomGenerator random;
    private final boolean troubled;
    private final List<Human> people;

    private HooksDraw(RandomGenerator random, List<Human> people, boolean troubled) {
        this.random = random;
        this.people = new ArrayList<>(people);
        this.troubled = troubled;
    }

    /** @param peopleEach how many come to each: a fault takes one or two of them, and some must be left */
    static KindsDraw.Drawn with(RandomGenerator random, KindsDraw.Drawn drawn, int peopleEach) {
        return new HooksDraw(random, drawn.scenario().people(), true).draw(drawn, HOOKS, peopleEach);
    }

    /** For the last account a hook to whose people Telegram does nothing wrong: what kills do is not to be hidden. */
    static KindsDraw.Drawn one(RandomGenerator random, KindsDraw.Drawn drawn, int people) {
        return new HooksDraw(random, drawn.scenario().people(), false).draw(drawn, 1, people);
    }

    private KindsDraw.Drawn draw(KindsDraw.Drawn drawn, int count, int peopleEach) {
        Scenario scenario = drawn.scenario();
        List<Account> accounts =
                scenario.accounts().stream().filter(account -> !account.isBot()).toList();
        List<Hook> hooks = accounts.subList(Math.max(0, accounts.size() - count), accounts.size()).stream()
                .map(account -> hook(account, peopleEach))
                .toList();
        return new KindsDraw.Drawn(
                new Scenario(
                        scenario.accounts(),
                        Stream.concat(
                                        scenario.campaigns().stream(),
                                        hooks.stream().map(Hook::campaign))
                                .toList(),
                        List.copyOf(people),
                        scenario.capped(),
                        scenario.optingOut(),
                        hooks.stream()
                                .flatMap(hook -> hook.campaign().audience().stream())
                                .map(Line::human)
                                .toList()),
                drawn.kinds().with(hooks));
    }

    private Hook hook(Account account, int size) {
        int known = people.size();
        List<Human> come =
                IntStream.range(0, size).mapToObj(i -> human(known, i)).toList();
        people.addAll(come);
        String chat = "hook" + account.index();
        Campaign campaign = new Campaign(
                "bring-" + chat,
                new UUID(random.nextLong(), random.nextLong()).toString(),
                chat,
                Scenarios.mode(account.index()),
                List.of(account),
                true,
                come.stream().map(human -> new Line(human, true)).toList());
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            events.addAll(events(come.get(i), i));
        }
        return new Hook(campaign, List.copyOf(events));
    }

    private Human human(int known, int i) {
        Optional<Trouble> trouble =
                troubled && i % 4 == 3 ? Optional.of(TROUBLES.get(random.nextInt(TROUBLES.size()))) : Optional.empty();
        return Scenarios.human(known + i, i % 4 == 2, Optional.empty(), trouble);
    }

    /** Every second person is posted twice: under the same name for the event, or under another, as by a second caller. */
    private static List<Event> events(Human human, int i) {
        Event first = new Event(human, "call-" + human.id(), i == OPTED_OUT ? Fate.Suppressed : Fate.Accepted);
        return switch (i % 4) {
            case 1 -> List.of(first, new Event(human, first.id(), Fate.Duplicate));
            case 3 -> List.of(first, new Event(human, "form-" + human.id(), Fate.Duplicate));
            default -> List.of(first);
        };
    }
}
