package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Kinds.Trouble;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.ParseOrder.Collect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws what accounts do besides the campaigns of a scenario, which stay as they were drawn. */
final class KindsDraw {
    /** Four pages. */
    private static final int CROWD = 650;

    /** An account that is wished for is given up within 1.5 s, in which seven people are contacted at most: enough for three times. */
    private static final int MEANWHILE = 30;

    private static final int FEW_PARSERS = 3;

    private static final int BOTS = 2;
    private static final int FEW_BOTS = 1;

    /** A bot has nothing else to do. The first shows it the place in the chat behind which it finds the second. */
    private static final List<Integer> POSTS_OF_BOTS = List.of(0, 0);

    /** Two pages: for a short run of the whole level. */
    private static final int SMALL_CROWD = 230;

    /** At the whole level, a minute each. */
    private static final int POSTS = 6;

    private static final int FEW_POSTS = 2;

    private static final int FIRST_POST = 2;
    private static final int FIRST_PARSER = 8;
    private static final int SECOND_POST = 15;
    /** By then the account works on campaigns in which workers are killed: it comes into the place of one of them. */
    private static final int THIRD_POST = 40;

    /** Those after which a settlement is waited for are not all in a short run. */
    private static final List<Trouble> OF_POSTS = List.of(
            Trouble.ANSWER_LOST,
            Trouble.SENT_TWICE,
            Trouble.CONNECTION_DROPPED,
            Trouble.SERVER_ERROR,
            Trouble.LATE,
            Trouble.REQUEST_LOST);

    private static final List<Trouble> OF_PARSERS =
            List.of(Trouble.SENT_TWICE, Trouble.ANSWER_LOST, Trouble.CONNECTION_DROPPED, Trouble.SERVER_ERROR);

    private final RandomGenerator random;

    private KindsDraw(RandomGenerator random) {
        this.random = random;
    }

    /** A scenario, with the people and campaigns that come with the kinds. */
    record Drawn(Scenario scenario, Kinds kinds) {}

    /** For each account a parser, a schedule, and a campaign that gives the account up to both; and bots with a schedule each. */
    static Drawn all(RandomGenerator random, Scenario scenario) {
        List<Account> all = scenario.accounts();
        return new KindsDraw(random).draw(scenario, all, all, all, _ -> 3, BOTS);
    }

    /** So little that CI has the time: most accounts publish one post, the others have a parser, and one account is given up; a bot publishes two. */
    static Drawn few(RandomGenerator random, Scenario scenario) {
        List<Account> all = scenario.accounts();
        List<Account> publishing = all.subList(0, all.size() - FEW_PARSERS);
        Account interrupted = publishing.getLast();
        return new KindsDraw(random)
                .draw(
                        scenario,
                        publishing,
                        all.subList(publishing.size(), all.size()),
                        List.of(interrupted),
                        account -> account.equals(interrupted) ? 2 : 1,
                        FEW_BOTS);
    }

    /** For the first account a schedule to which Telegram does nothing wrong: what kills do is not to be hidden. */
    static Kinds schedule(RandomGenerator random, Scenario scenario) {
        Account first = scenario.accounts().getFirst();
        return new Kinds(
                List.of(), List.of(new KindsDraw(random).schedule(first, List.of(0), Optional.empty())), List.of());
    }

    /**
     * For the whole level. The last account, which has no second campaign, has a parser of members and posts in files, the one before it a
     * parser of authors and posts in the resource, for two targets. A bot, which is not in the scenario yet, has posts for two targets, too.
     */
    static WholeKinds whole(RandomGenerator random, Scenario scenario) {
        KindsDraw draw = new KindsDraw(random);
        Account last = scenario.accounts().getLast();
        Account other = scenario.accounts().reversed().get(1);
        Schedule inFiles = draw.schedule(last, List.of(), Optional.empty());
        Schedule inResource =
                draw.schedule(other, List.of(), Optional.of(OF_POSTS.get(other.index() % OF_POSTS.size())));
        return new WholeKinds(
                List.of(
                        draw.parser(last, CROWD, Collect.Members, false),
                        draw.parser(other, CROWD, Collect.Authors, false)),
                List.of(
                        new WholeKinds.Posting(onlyFirst(inFiles), POSTS, true, true),
                        new WholeKinds.Posting(inResource, POSTS, false, false),
                        draw.postingOfBot(scenario, POSTS)));
    }

    /** So little that CI has the time: one parser, and two posts that wait for their turn, so that a minute is enough for each; a bot has two as well. */
    static WholeKinds wholeFew(RandomGenerator random, Scenario scenario) {
        KindsDraw draw = new KindsDraw(random);
        Account last = scenario.accounts().getLast();
        Optional<Trouble> trouble = Optional.of(Trouble.CONNECTION_DROPPED);
        return new WholeKinds(
                List.of(draw.parser(last, SMALL_CROWD, Collect.Members, false)),
                List.of(
                        new WholeKinds.Posting(draw.schedule(last, List.of(), trouble), FEW_POSTS, false, true),
                        draw.postingOfBot(scenario, FEW_POSTS)));
    }

    private WholeKinds.Posting postingOfBot(Scenario scenario, int posts) {
        Account bot = Scenarios.bot(scenario.accounts().size(), uuid());
        return new WholeKinds.Posting(schedule(bot, List.of(), Optional.empty()), posts, false, true);
    }

    private static Schedule onlyFirst(Schedule schedule) {
        return new Schedule(
                schedule.account(),
                schedule.name(),
                schedule.uid(),
                schedule.chats().subList(0, 1),
                schedule.due(),
                schedule.trouble());
    }

    private Drawn draw(
            Scenario scenario,
            List<Account> publishing,
            List<Account> parsing,
            List<Account> interrupted,
            ToIntFunction<Account> posts,
            int bots) {
        List<Schedule> schedules = publishing.stream()
                .map(account -> schedule(
                        account,
                        Stream.of(FIRST_POST, SECOND_POST, THIRD_POST)
                                .limit(posts.applyAsInt(account))
                                .map(due -> due + random.nextInt(3))
                                .toList(),
                        trouble(account)))
                .toList();
        List<Parser> parsers = parsing.stream()
                .map(account -> parser(account, CROWD, Collect.Members, true))
                .toList();
        List<Human> people = new ArrayList<>(scenario.people());
        List<Campaign> meanwhile = new ArrayList<>();
        interrupted.forEach(account -> meanwhile.add(meanwhile(account, people)));
        List<Schedule> ofBots = IntStream.range(0, bots)
                .mapToObj(i -> Scenarios.bot(scenario.accounts().size() + i, uuid()))
                .map(bot -> schedule(bot, POSTS_OF_BOTS, trouble(bot)))
                .toList();
        Scenario more = new Scenario(
                scenario.accounts(),
                Stream.concat(scenario.campaigns().stream(), meanwhile.stream()).toList(),
                List.copyOf(people),
                scenario.capped(),
                scenario.optingOut(),
                scenario.calling());
        Kinds kinds = new Kinds(
                parsers, Stream.concat(schedules.stream(), ofBots.stream()).toList(), List.copyOf(meanwhile));
        return new Drawn(more.with(kinds.bots()), kinds);
    }

    private static Optional<Trouble> trouble(Account account) {
        return Optional.of(OF_POSTS.get(account.index() % OF_POSTS.size()));
    }

    private Parser parser(Account account, int crowd, Collect collect, boolean dueByOutcomes) {
        return new Parser(
                account,
                account.name() + Parser.SUFFIX,
                uuid(),
                "crowd" + account.index(),
                crowd,
                collect,
                dueByOutcomes ? List.of(FIRST_PARSER + random.nextInt(3)) : List.of(),
                OF_PARSERS.get(account.index() % OF_PARSERS.size()));
    }

    private Schedule schedule(Account account, List<Integer> due, Optional<Trouble> trouble) {
        return new Schedule(
                account,
                account.name() + Schedule.SUFFIX,
                uuid(),
                List.of("news" + account.index(), "talk" + account.index()),
                due,
                trouble);
    }

    private Campaign meanwhile(Account account, List<Human> people) {
        int known = people.size();
        List<Human> waiting = IntStream.range(known, known + MEANWHILE)
                .mapToObj(number -> Scenarios.human(number, false, Optional.empty(), Optional.empty()))
                .toList();
        people.addAll(waiting);
        List<Line> audience =
                waiting.stream().map(human -> new Line(human, false)).toList();
        String chat = "meanwhile" + account.index();
        return new Campaign("bring-" + chat, uuid(), chat, Mode.LinkOnly, List.of(account), true, audience);
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
