package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.ledger.accounts.Priority;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What an account does next is a matter of rank and of how many outcomes it has. */
class AgendaTest {
    private static final int NEVER = -1;
    private static final int ALWAYS = 1_000;

    private final Scenario campaigns = Scenarios.draw(new SplittableRandom(1), 3, 6);
    private final KindsDraw.Drawn drawn = KindsDraw.all(new SplittableRandom(2), campaigns);
    private final Set<Priority> planned = EnumSet.noneOf(Priority.class);

    private Agenda agenda(int account) {
        Account whose = drawn.scenario().accounts().get(account);
        return new Agenda(whose, drawn.scenario(), drawn.kinds(), planned::contains);
    }

    private static List<String> words(Agenda agenda, int outcomes) {
        List<String> words = new ArrayList<>();
        Optional<Work> next = agenda.next(outcomes);
        while (next.isPresent() && words.size() < 100) {
            words.add(next.get().word());
            agenda.done(next.get());
            next = agenda.next(outcomes);
        }
        return words;
    }

    @Test
    void whatIsDueGoesByRank() {
        assertThat(words(agenda(0), ALWAYS))
                .containsExactly("publish", "publish", "publish", "parse", "own0", "shared", "again0", "meanwhile0");
    }

    @Test
    void whatNeverFellDueComesAtTheEnd() {
        assertThat(words(agenda(1), NEVER))
                .containsExactly("meanwhile1", "own1", "shared", "again1", "publish", "publish", "publish", "parse");
    }

    @Test
    void theCampaignThatWasInterruptedByAllThatIsThereForItGoesOnAfterTheOthers() {
        Agenda agenda = agenda(0);
        assertThat(agenda.next(NEVER))
                .get()
                .isInstanceOfSatisfying(
                        Work.Invite.class, it -> assertThat(it.interrupted()).isTrue());
        for (int i = 0; i < 4; i++) {
            agenda.done(agenda.next(ALWAYS).orElseThrow());
        }
        assertThat(agenda.next(ALWAYS)).get().extracting(Work::word).isEqualTo("own0");
        for (int i = 0; i < 3; i++) {
            agenda.done(agenda.next(ALWAYS).orElseThrow());
        }
        assertThat(agenda.next(ALWAYS)).get().isInstanceOfSatisfying(Work.Invite.class, it -> {
            assertThat(it.word()).isEqualTo("meanwhile0");
            assertThat(it.interrupted()).isFalse();
        });
    }

    @Test
    void anAccountWithoutKindsHasItsCampaignsOnly() {
        Account last = campaigns.accounts().getLast();
        assertThat(words(new Agenda(last, campaigns, Kinds.NONE, planned::contains), ALWAYS))
                .containsExactly("own2", "again2");
    }

    @Test
    void whoComesByWebhookIsListenedForBehindTheLists() {
        KindsDraw.Drawn called = HooksDraw.with(new SplittableRandom(3), drawn, 5);
        Account last = campaigns.accounts().getLast();
        Agenda agenda = new Agenda(last, called.scenario(), called.kinds(), planned::contains);
        assertThat(words(agenda, ALWAYS))
                .containsExactly("publish", "publish", "publish", "parse", "own2", "again2", "hook2", "meanwhile2");
    }

    @Test
    void aBotHasNothingButItsPosts() {
        assertThat(drawn.kinds().bots())
                .hasSize(2)
                .allMatch(bot -> drawn.scenario().accounts().get(bot.index()).equals(bot));
        assertThat(words(agenda(3), 0)).containsExactly("publish", "publish");
        planned.add(Priority.Publish);
        assertThat(words(agenda(4), 0)).hasSize(Kinds.MOST_RUNS).containsOnly("publish");
    }

    @Test
    void onlyWhatOutranksTheHolderIsWishedFor() {
        Agenda agenda = agenda(0);
        Work campaign = agenda.next(NEVER).orElseThrow();
        assertThat(agenda.outranking(campaign, NEVER)).isEmpty();
        Work post = agenda.outranking(campaign, ALWAYS).orElseThrow();
        assertThat(post.priority()).isEqualTo(Priority.Publish);
        assertThat(agenda.outranking(post, ALWAYS)).isEmpty();
    }

    @Test
    void aRunFollowsAsLongAsThePlanHasSomethingForIt() {
        Agenda agenda = agenda(0);
        planned.add(Priority.Parse);
        agenda.done(agenda.next(ALWAYS).orElseThrow());
        for (int run = 1; run <= 4; run++) {
            agenda.done(new Work.Parse(drawn.kinds().parsers().getFirst(), run));
        }
        assertThat(agenda.parsed()).isEqualTo(4);
        planned.clear();
        assertThat(words(agenda, ALWAYS)).doesNotContain("parse");
    }

    @Test
    void whatWasBegunIsBroughtToItsEndThoughThePlanHasNothingMoreForIt() {
        Agenda agenda = agenda(0);
        words(agenda, ALWAYS);
        assertThat(agenda.next(ALWAYS)).isEmpty();
        planned.add(Priority.Parse);
        Work second = agenda.next(ALWAYS).orElseThrow();
        planned.clear();
        assertThat(agenda.next(ALWAYS)).contains(second);
        agenda.done(second);
        assertThat(agenda.next(ALWAYS)).isEmpty();
    }

    @Test
    void theCampaignsOfASeedStayWhatTheyAreWithoutTheKinds() {
        assertThat(drawn.scenario().campaigns())
                .startsWith(campaigns.campaigns().toArray(Scenario.Campaign[]::new))
                .endsWith(drawn.kinds().meanwhile().toArray(Scenario.Campaign[]::new));
        assertThat(drawn.scenario().people()).startsWith(campaigns.people().toArray(Scenario.Human[]::new));
        assertThat(drawn.scenario().people()).doesNotHaveDuplicates();
    }
}
