package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Identity;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.demo.chaos.Scenario.Trouble;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws scenarios. */
final class Scenarios {
    private static final long FIRST_ACCOUNT = 1_100_001;
    private static final long FIRST_HUMAN = 2_000_001;
    private static final List<Trouble> TROUBLES = List.of(Trouble.values());
    private static final int SHARED_PEOPLE = 6;
    private static final int CAPPED_EACH = 2;

    private final RandomGenerator random;
    private final List<Human> people = new ArrayList<>();

    private Scenarios(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Per account: a campaign of its own with {@code peopleEach} people, some of whom opt out while it runs; and one in a
     * chat whose log it can't read, with two people of its neighbour's under their other name. Two accounts share a third.
     */
    static Scenario draw(RandomGenerator random, int accounts, int peopleEach) {
        return new Scenarios(random).draw(accounts, peopleEach);
    }

    private Scenario draw(int count, int peopleEach) {
        List<Account> accounts =
                IntStream.range(0, count).mapToObj(this::account).toList();
        List<Campaign> campaigns = new ArrayList<>();
        List<Human> optingOut = new ArrayList<>();
        for (Account account : accounts) {
            String chat = "own" + account.index();
            List<Line> audience = audience(peopleEach, Optional.of(chat));
            List<Human> last = List.of(plain(), plain());
            last.forEach(human -> audience.add(new Line(human, false)));
            optingOut.addAll(last);
            campaigns.add(campaign(chat, mode(account.index()), List.of(account), true, audience));
        }
        List<Account> first = accounts.subList(0, Math.min(2, count));
        campaigns.add(campaign("shared", Mode.LinkOnly, first, true, audience(SHARED_PEOPLE, Optional.empty())));
        List<Human> capped = new ArrayList<>();
        for (Account account : accounts) {
            List<Line> neighbours = campaigns.get((account.index() + 1) % count).audience();
            List<Line> audience = audience(peopleEach / 3, Optional.empty());
            neighbours.stream()
                    .filter(line -> line.human().leftBefore().isEmpty()
                            && line.human().trouble().isEmpty())
                    .limit(CAPPED_EACH)
                    .forEach(line -> {
                        audience.add(new Line(line.human(), !line.byPhone()));
                        capped.add(line.human());
                    });
            campaigns.add(campaign("again" + account.index(), Mode.InviteOrLink, List.of(account), false, audience));
        }
        return new Scenario(accounts, campaigns, List.copyOf(people), capped, optingOut, List.of());
    }

    /** Of an account's campaigns: of three in a row each has another. */
    static Mode mode(int index) {
        return switch (index % 3) {
            case 0 -> Mode.InviteOrLink;
            case 1 -> Mode.LinkOnly;
            default -> Mode.InviteAndMessage;
        };
    }

    private Account account(int index) {
        return new Account(
                index, "team" + index, uuid().toString(), FIRST_ACCOUNT + index, "+4915510000%03d".formatted(index));
    }

    /**
     * An account that is a bot.
     *
     * @param index behind those of all other accounts
     */
    static Account bot(int index, String uid) {
        long userId = FIRST_ACCOUNT + index;
        return new Account(index, "team" + index, uid, userId, new Identity.Token(userId + ":AAE-chaos-bot-" + index));
    }

    private Campaign campaign(
            String chat, Mode mode, List<Account> accounts, boolean administrators, List<Line> audience) {
        return new Campaign(
                "bring-" + chat, uuid().toString(), chat, mode, accounts, administrators, List.copyOf(audience));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private List<Line> audience(int size, Optional<String> chatSomeLeft) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean left = chatSomeLeft.isPresent() && i % 8 == 7;
            Optional<Trouble> trouble =
                    i % 3 == 1 ? Optional.of(TROUBLES.get(random.nextInt(TROUBLES.size()))) : Optional.empty();
            Human human = human(i % 4 == 2, left ? chatSomeLeft : Optional.empty(), left ? Optional.empty() : trouble);
            lines.add(new Line(human, i % 2 == 0));
        }
        return lines;
    }

    private Human plain() {
        return human(false, Optional.empty(), Optional.empty());
    }

    private Human human(boolean noInvites, Optional<String> leftBefore, Optional<Trouble> trouble) {
        Human human = human(people.size(), noInvites, leftBefore, trouble);
        people.add(human);
        return human;
    }

    /** @param number how many people there are already */
    static Human human(int number, boolean noInvites, Optional<String> leftBefore, Optional<Trouble> trouble) {
        return new Human(
                FIRST_HUMAN + number,
                "guest" + number,
                "+4915520%06d".formatted(number),
                noInvites,
                leftBefore,
                trouble);
    }
}
