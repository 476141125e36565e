package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.workorder.ParseOrder.Collect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run's accounts do besides campaigns of lists, and what Telegram does wrong there.
 *
 * @param meanwhile campaigns of the scenario that give their accounts up to parsers and posts, again and again
 * @param hooks campaigns of the scenario whose people come by webhook
 */
record Kinds(List<Parser> parsers, List<Schedule> schedules, List<Campaign> meanwhile, List<Hook> hooks) {
    static final Kinds NONE = new Kinds(List.of(), List.of(), List.of());

    /** Without webhooks. */
    Kinds(List<Parser> parsers, List<Schedule> schedules, List<Campaign> meanwhile) {
        this(parsers, schedules, meanwhile, List.of());
    }

    /** Of a parser or a schedule: more than a plan holds for one. */
    static final int MOST_RUNS = 30;

    /** A scripted fault that happens to one call. */
    enum Trouble {
        ANSWER_LOST("AnswerLost"),
        LATE("Late"),
        SENT_TWICE("DoneThenConnectionDropped"),
        CONNECTION_DROPPED("ConnectionDropped"),
        REQUEST_LOST("RequestLost"),
        SERVER_ERROR("ServerError");

        private final String kind;

        Trouble(String kind) {
            this.kind = kind;
        }

        /** Its name in a world file. */
        String kind() {
            return kind;
        }
    }

    /**
     * Collects the members of a chat of its own, or who wrote in it.
     *
     * @param crowd how many people there are besides those who run the chat
     * @param due after how many outcomes of the account each run begins; more runs follow at once. At the whole level it is the
     *     operator who begins it
     */
    record Parser(
            Account account,
            String name,
            String uid,
            String chat,
            int crowd,
            Collect collect,
            List<Integer> due,
            Trouble trouble) {
        /** At the end of its name, which the names of its pods hold. */
        static final String SUFFIX = "-people";

        String prefix() {
            return chat + "x";
        }

        /** A run's dataset. */
        String dataset(int run) {
            return uid + "-" + run;
        }

        /** A run's file on the account's volume. */
        static String file(int run) {
            return "people-" + run + ".ndjson";
        }
    }

    /**
     * Publishes one post after the other into chats of its own: the first is the account's channel, the second, if there is one, a
     * group of other people. A bot administers both.
     *
     * @param due after how many outcomes of the account each run begins; more runs follow at once. At the whole level a run begins each
     *     minute
     * @param trouble happens to the first post in the second chat; and Telegram refuses the formatting of the first two in the first
     */
    record Schedule(
            Account account,
            String name,
            String uid,
            List<String> chats,
            List<Integer> due,
            Optional<Trouble> trouble) {
        /** At the end of its name, which the names of its pods hold. */
        static final String SUFFIX = "-posts";

        /**
         * Whether each post in the first chat is deleted as soon as it is there, as an administrator might: whoever settles after a
         * kill finds it in the chat's event log only. A bot reads none.
         */
        boolean deleted() {
            return trouble.isPresent() && !account.isBot() && account.index() % 2 == 1;
        }

        /** What the {@code n}th post says in a chat, from 1 on. Long enough that the search for leaks looks for it. */
        String post(int n) {
            return "Post number " + n + " of the schedule " + name + " is here";
        }

        /** The same as a person wrote it. */
        String markdown(int n) {
            return "**Post** number " + n + " of the schedule " + name + " is here";
        }
    }

    /** The same with webhooks. */
    Kinds with(List<Hook> added) {
        return new Kinds(parsers, schedules, meanwhile, added);
    }

    boolean isHook(Campaign campaign) {
        return hooks.stream().anyMatch(hook -> hook.campaign().equals(campaign));
    }

    /** Those that publish. */
    List<Account> bots() {
        return schedules.stream().map(Schedule::account).filter(Account::isBot).toList();
    }

    Optional<Parser> parserOf(Account account) {
        return parsers.stream().filter(p -> p.account().equals(account)).findFirst();
    }

    Optional<Schedule> scheduleOf(Account account) {
        return schedules.stream().filter(s -> s.account().equals(account)).findFirst();
    }

    /** The campaigns of an account in the order in which it works on them: first the one that is interrupted. */
    List<Campaign> campaignsOf(Account account, Scenario scenario) {
        List<Campaign> all = scenario.of(account);
        return Stream.concat(
                        all.stream().filter(meanwhile::contains),
                        all.stream().filter(campaign -> !meanwhile.contains(campaign)))
                .toList();
    }
}
