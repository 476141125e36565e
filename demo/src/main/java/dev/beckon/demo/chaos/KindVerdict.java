package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.KindFacts.Rows;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AutopostReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Judges logins, parsers and posts of a run by what Telegram saw; the ledger is asked only whether it tells the same. */
final class KindVerdict {
    private final Kinds kinds;
    private final KindFacts facts;
    private final List<String> wrongs = new ArrayList<>();

    private KindVerdict(Kinds kinds, KindFacts facts) {
        this.kinds = kinds;
        this.facts = facts;
    }

    /** A sentence for each thing that must never happen and did. */
    static List<String> of(List<Account> accounts, Kinds kinds, KindFacts facts) {
        return new KindVerdict(kinds, facts).wrongs(accounts);
    }

    private List<String> wrongs(List<Account> accounts) {
        accounts.forEach(this::account);
        kinds.schedules().forEach(this::schedule);
        kinds.parsers().forEach(this::parser);
        long unknown = facts.schedules().values().stream()
                .mapToLong(AutopostReport::outcomeUnknown)
                .sum();
        if (unknown > facts.postsCutOff()) {
            wrongs.add("the outcome of " + unknown + " posts is unknown, though only " + facts.postsCutOff()
                    + " of their calls were cut off");
        }
        if (!kinds.meanwhile().isEmpty() && facts.givenUp() == 0) {
            wrongs.add("no worker ever gave its account up to one of higher rank");
        }
        return List.copyOf(wrongs);
    }

    private void account(Account account) {
        AccountState state = facts.accounts().get(account.uid());
        if (state != AccountState.Ready) {
            wrongs.add(account.name() + ": its login came to no end, the ledger has it as " + state);
        }
    }

    private void schedule(Schedule schedule) {
        AutopostReport report = facts.schedules().get(schedule.uid());
        if (report == null) {
            wrongs.add(schedule.name() + ": the ledger does not know it");
            return;
        }
        int runs = facts.published().getOrDefault(schedule.uid(), 0);
        long nowhere = schedule.chats().stream()
                .mapToLong(chat -> nowhere(schedule, chat, runs))
                .sum();
        if (nowhere > report.outcomeUnknown()) {
            wrongs.add(schedule.name() + ": " + nowhere + " posts are not where they should be, though the outcome of "
                    + report.outcomeUnknown() + " is unknown");
        }
        long seen = (long) runs * schedule.chats().size() - nowhere;
        if (report.published() > seen || seen > report.published() + report.outcomeUnknown()) {
            wrongs.add(schedule.name() + ": the ledger has " + report.published() + " posts as published, Telegram saw "
                    + seen);
        }
        if (report.failures() > 0) {
            wrongs.add(schedule.name() + ": " + report.failures() + " posts failed");
        }
        if (!report.unfinished().isEmpty()) {
            wrongs.add(schedule.name() + ": " + report.unfinished().size() + " runs came to no end");
        }
    }

    /** How many of a schedule's posts are not in one of its chats; each is to be there once, and nothing else. */
    private long nowhere(Schedule schedule, String chat, int runs) {
        List<String> texts = facts.posts().stream()
                .filter(post -> post.chat().equals("@chaos_" + chat))
                .map(Post::text)
                .toList();
        List<String> expected =
                IntStream.rangeClosed(1, runs).mapToObj(schedule::post).toList();
        if (!new HashSet<>(expected).containsAll(texts)) {
            wrongs.add(schedule.name() + ": Telegram saw a post in " + chat + " whose turn it was not");
        }
        for (int n = 1; n <= runs; n++) {
            String text = schedule.post(n);
            long times = texts.stream().filter(text::equals).count();
            if (times > 1) {
                wrongs.add(schedule.name() + ": post " + n + " was published twice in " + chat + ": " + times
                        + " messages");
            }
        }
        return expected.stream().filter(text -> !texts.contains(text)).count();
    }

    private void parser(Parser parser) {
        List<Rows> datasets = facts.datasets().getOrDefault(parser.uid(), List.of());
        if (datasets.isEmpty()) {
            wrongs.add(parser.name() + ": no run came to its end");
        }
        for (int i = 0; i < datasets.size(); i++) {
            dataset(
                    parser.name() + ", run " + (i + 1),
                    datasets.get(i),
                    facts.crowds().get(parser.uid()));
        }
    }

    private void dataset(String name, Rows rows, List<Long> crowd) {
        if (!rows.complete()) {
            wrongs.add(name + ": its dataset is not complete");
            return;
        }
        Set<Long> people = new HashSet<>(rows.people());
        if (people.size() < rows.people().size()) {
            wrongs.add(name + ": " + (rows.people().size() - people.size()) + " people are in its dataset twice");
        }
        long lost = crowd.stream().filter(person -> !people.contains(person)).count();
        if (lost > 0) {
            wrongs.add(name + ": " + lost + " of " + crowd.size() + " members are missing in its dataset");
        }
        crowd.forEach(people::remove);
        if (!people.isEmpty()) {
            wrongs.add(name + ": " + people.size() + " people in its dataset are no members");
        }
        if (!rows.file()) {
            wrongs.add(name + ": its file is not there, not whole, or not alone");
        }
    }
}
