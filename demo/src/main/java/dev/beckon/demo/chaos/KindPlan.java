package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.ledger.accounts.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What goes wrong in logins, parsers and publishers, where people come by webhook, and where an account changes hands: one entry for each
 * account, bots last.
 */
record KindPlan(List<Each> byAccount) {
    /** Every named step of a login, in its order. */
    static final List<String> LOGIN = List.of(
            "after-lease",
            "after-identity",
            "after-code",
            "before-save",
            "after-save",
            "after-logged-in",
            "before-result");

    /** Of a parser. */
    static final List<String> PARSE = List.of(
            "after-lease",
            "after-ready",
            "after-page",
            "after-append",
            "before-complete",
            "before-save",
            "after-save",
            "mid-export",
            "before-rename",
            "before-result");

    /** Of a publisher. Telegram refuses the formatting of an account's first posts only, so what comes after that comes first. */
    static final List<String> PUBLISH = List.of(
            "after-fall-back",
            "after-lease",
            "after-ready",
            "after-turn",
            "after-intent",
            "in-call",
            "after-call",
            "after-outcome",
            "before-settlement",
            "after-settlement",
            "before-end",
            "before-save",
            "after-save",
            "before-result");

    /** Of whoever gives an account up to somebody of higher rank. */
    static final List<String> HANDOVER = List.of("yielding", "before-save", "after-save", "before-result");

    /**
     * Of a campaign's worker whose people come by webhook, as long as somebody is there. A link is made once, so what comes after that comes
     * first.
     */
    static final List<String> LISTEN = List.of(
            "after-link",
            "after-claim",
            "before-contact",
            "after-contact",
            "after-resolve",
            "after-intent",
            "in-call",
            "after-call",
            "after-outcome",
            "before-settlement",
            "after-settlement");

    /** The same when nobody is left. */
    static final List<String> LISTEN_IDLE =
            List.of("listening", "after-lease", "after-ready", "before-save", "after-save", "before-result");

    /** Of every worker: in a short run campaigns' workers are killed there. */
    static final List<String> COMMON =
            List.of("after-lease", "after-ready", "before-save", "after-save", "before-result");

    /** Steps that pass with every page: here a kill finds something to lose. */
    static final List<String> BUSY_PARSE = List.of("after-page", "after-append", "before-complete");
    /** The same of every person who came by webhook. */
    static final List<String> BUSY_LISTEN = List.of(
            "after-claim", "after-contact", "after-intent", "in-call", "after-call", "after-call", "after-outcome");

    /** The same of every post. */
    static final List<String> BUSY_PUBLISH =
            List.of("after-turn", "after-intent", "in-call", "in-call", "after-call", "after-call", "after-outcome");

    /** Of a bot's login: it is asked for no code. */
    static final List<String> BOT_LOGIN =
            LOGIN.stream().filter(step -> !step.equals("after-code")).toList();

    /** Of a bot in a short run: its second post is found behind its first. */
    static final List<String> FEW_OF_BOT = List.of("before-end", "after-call");

    /** Two targets, so such a step passes twice in a run. */
    private static final List<String> TWICE_A_RUN = List.of("after-intent", "in-call", "after-call", "after-outcome");

    private static final int EVERY_KIND = 8;
    private static final int EVERY_TERM = 4;
    private static final int EVERY_FREEZE = 6;
    private static final int MAX_DELAY_MILLIS = 300;

    /**
     * What happens to the workers of one account, of each kind one after the other.
     *
     * @param handover to campaigns' workers that are asked to give the account up
     * @param listening to campaigns' workers whose people come by webhook
     */
    record Each(
            List<Sabotage> login,
            List<Sabotage> parse,
            List<Sabotage> publish,
            List<Sabotage> handover,
            List<Sabotage> listening) {
        static final Each NOTHING = new Each(List.of(), List.of(), List.of(), List.of(), List.of());

        Stream<Sabotage> all() {
            return Stream.of(login, parse, publish, handover, listening).flatMap(List::stream);
        }

        /** Of a kind's workers; a campaign's have a plan of their own. */
        List<Sabotage> of(Priority kind) {
            return switch (kind) {
                case Login -> login;
                case Parse -> parse;
                case Publish -> publish;
                case Invite -> List.of();
            };
        }
    }

    /**
     * Each named step once, and some more at random. In a short run only the steps that a kind has for itself: where lease and
     * session are looked after all kinds are one.
     *
     * @param accounts how many there are, at least 3; bots come behind them
     * @param kills of the whole run: the more, the more happen here, too
     * @param brief whether the run is a short one
     */
    static KindPlan draw(RandomGenerator random, Kinds kinds, int accounts, int kills, boolean brief) {
        List<Account> publishing = kinds.schedules().stream()
                .map(Kinds.Schedule::account)
                .filter(account -> !account.isBot())
                .toList();
        List<Account> parsing =
                kinds.parsers().stream().map(Kinds.Parser::account).toList();
        List<Account> interrupted = kinds.meanwhile().stream()
                .map(campaign -> campaign.accounts().getFirst())
                .toList();
        Map<Integer, List<Sabotage>> parse = new HashMap<>();
        spread(atRandom(random, BUSY_PARSE, kills / EVERY_KIND), parsing, parse);
        spread(named(PARSE, brief), parsing, parse);
        Map<Integer, List<Sabotage>> publish = new HashMap<>();
        spread(named(PUBLISH, brief), publishing, publish);
        spread(atRandom(random, BUSY_PUBLISH, kills / EVERY_KIND), publishing, publish);
        Map<Integer, List<Sabotage>> handover = new HashMap<>();
        spread(named(HANDOVER, brief), interrupted, handover);
        // Drawn after all others: what happens to these stays what it was.
        Map<Integer, List<Sabotage>> listening = listening(random, kinds, kills, brief);
        List<Sabotage> login = named(LOGIN, brief);
        Stream<Each> all = IntStream.range(0, accounts)
                .mapToObj(i -> new Each(
                        ofLogins(login, i, accounts),
                        parse.getOrDefault(i, List.of()),
                        publish.getOrDefault(i, List.of()),
                        handover.getOrDefault(i, List.of()),
                        listening.getOrDefault(i, List.of())));
        return new KindPlan(Stream.concat(all, ofBots(kinds.bots(), brief)).toList());
    }

    private static Map<Integer, List<Sabotage>> listening(
            RandomGenerator random, Kinds kinds, int kills, boolean brief) {
        List<Account> called = kinds.hooks().stream()
                .map(hook -> hook.campaign().accounts().getFirst())
                .toList();
        Map<Integer, List<Sabotage>> listening = new HashMap<>();
        if (!called.isEmpty()) {
            spread(named(LISTEN, brief), called, listening);
            spread(brief ? List.of() : atRandom(random, BUSY_LISTEN, kills / EVERY_KIND), called, listening);
            spread(named(LISTEN_IDLE, brief), called, listening);
        }
        return listening;
    }

    /** Each step once, too: a bot logs in, publishes and settles in ways of its own. */
    private static Stream<Each> ofBots(List<Account> bots, boolean brief) {
        if (bots.isEmpty()) {
            return Stream.empty();
        }
        Map<Integer, List<Sabotage>> login = new HashMap<>();
        spread(named(BOT_LOGIN, brief), bots, login);
        Map<Integer, List<Sabotage>> publish = new HashMap<>();
        spread(named(brief ? FEW_OF_BOT : PUBLISH, brief), bots, publish);
        return bots.stream()
                .map(bot -> new Each(
                        login.getOrDefault(bot.index(), List.of()),
                        List.of(),
                        publish.getOrDefault(bot.index(), List.of()),
                        List.of(),
                        List.of()));
    }

    /** The first account is logged in already when the run begins: no code is asked of it. */
    private static List<Sabotage> ofLogins(List<Sabotage> all, int account, int accounts) {
        return IntStream.range(0, all.size())
                .filter(i -> 1 + i % (accounts - 1) == account)
                .mapToObj(all::get)
                .toList();
    }

    /**
     * What only a kill between call and outcome shows: the first account's publisher dies there, and the last one's worker whose people come by
     * webhook.
     */
    static KindPlan afterCall(int accounts) {
        List<Each> all = new ArrayList<>(Collections.nCopies(accounts, Each.NOTHING));
        List<Sabotage> once = List.of(Sabotage.kill("after-call"));
        all.set(0, new Each(List.of(), List.of(), once, List.of(), List.of()));
        all.set(accounts - 1, new Each(List.of(), List.of(), List.of(), List.of(), once));
        return new KindPlan(List.copyOf(all));
    }

    static KindPlan nothing(int accounts) {
        return new KindPlan(Collections.nCopies(accounts, Each.NOTHING));
    }

    private static List<Sabotage> named(List<String> steps, boolean brief) {
        return steps.stream()
                .filter(step -> !brief || !COMMON.contains(step))
                .map(Sabotage::kill)
                .toList();
    }

    /** To one account after the other, each with the kill that makes it happen: who settles needs something that is open. */
    private static void spread(List<Sabotage> all, List<Account> accounts, Map<Integer, List<Sabotage>> byAccount) {
        for (int i = 0; i < all.size(); i++) {
            Account account = accounts.get(i % accounts.size());
            List<Sabotage> its = byAccount.computeIfAbsent(account.index(), _ -> new ArrayList<>());
            if (all.get(i).step().contains(FaultPlan.SETTLEMENT)) {
                its.add(Sabotage.kill("after-intent"));
            }
            its.add(all.get(i));
        }
    }

    private static List<Sabotage> atRandom(RandomGenerator random, List<String> steps, int times) {
        return IntStream.rangeClosed(1, times)
                .mapToObj(i -> {
                    String step = steps.get(random.nextInt(steps.size()));
                    Kind kind = i % EVERY_FREEZE == 0 ? Kind.FREEZE : i % EVERY_TERM == 0 ? Kind.TERM : Kind.KILL;
                    Duration delay = step.equals("in-call") && kind != Kind.FREEZE
                            ? Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS))
                            : Duration.ZERO;
                    int nth = TWICE_A_RUN.contains(step) ? 1 + random.nextInt(2) : 1;
                    return new Sabotage(step, nth, kind, delay);
                })
                .toList();
    }
}
