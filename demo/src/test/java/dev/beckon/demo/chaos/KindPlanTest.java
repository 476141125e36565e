package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.KillPoint.Way;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KindPlanTest {
    private static final Scenario SCENARIO = Scenarios.draw(new SplittableRandom(1), 8, 6);
    private static final Kinds ALL = withHooks(KindsDraw.all(new SplittableRandom(1), SCENARIO));
    private static final Kinds FEW = withHooks(KindsDraw.few(new SplittableRandom(1), SCENARIO));

    private static Kinds withHooks(KindsDraw.Drawn drawn) {
        return HooksDraw.with(new SplittableRandom(2), drawn, 8).kinds();
    }

    private static KindPlan plan(long seed, int kills) {
        return KindPlan.draw(new SplittableRandom(seed), ALL, 8, kills, false);
    }

    private static KindPlan brief() {
        return KindPlan.draw(new SplittableRandom(1), FEW, 8, 0, true);
    }

    private static List<String> steps(KindPlan plan, Function<KindPlan.Each, List<Sabotage>> kind) {
        return plan.byAccount().stream()
                .flatMap(each -> kind.apply(each).stream())
                .map(Sabotage::step)
                .toList();
    }

    private static List<String> named(Way way) {
        return Arrays.stream(KillPoint.values())
                .filter(step -> step.way() == way)
                .map(KillPoint::label)
                .toList();
    }

    @Test
    void everyNamedStepOfAKindIsOneOfItsSteps() {
        assertThat(KindPlan.LOGIN).containsAll(named(Way.LOGIN));
        assertThat(KindPlan.PARSE).containsAll(named(Way.PARSE));
        assertThat(KindPlan.PUBLISH).containsAll(named(Way.PUBLISH));
        assertThat(KindPlan.HANDOVER).containsAll(named(Way.HANDOVER));
    }

    /** Nothing is imported. */
    @Test
    void whereverAListsWorkerIsKilledOneWhosePeopleComeByWebhookIsToo() {
        List<String> steps = Stream.of(named(Way.INVITE), named(Way.WEBHOOK))
                .flatMap(List::stream)
                .filter(step -> !step.endsWith("import"))
                .toList();
        assertThat(Stream.of(KindPlan.LISTEN, KindPlan.LISTEN_IDLE).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(steps);
        assertThat(steps(plan(1, 100), KindPlan.Each::listening)).containsAll(steps);
        assertThat(steps(brief(), KindPlan.Each::listening))
                .containsAll(KindPlan.LISTEN)
                .contains("listening");
    }

    /** Each fault takes two people at most. */
    @Test
    void moreComeByWebhookThanFaultsTake() {
        for (int kills : List.of(0, 10, 100, 200)) {
            KindPlan plan = KindPlan.draw(new SplittableRandom(3), ALL, 8, kills, false);
            int people = FastLevel.comeByWebhook(kills);
            assertThat(plan.byAccount())
                    .allSatisfy(each -> assertThat(each.listening().stream()
                                    .filter(it -> !KindPlan.LISTEN_IDLE.contains(it.step()))
                                    .mapToInt(Sabotage::nth)
                                    .sum())
                            .isLessThan(people));
        }
    }

    @Test
    void theLinkThatIsMadeOnceMeetsItsKillFirst() {
        Account first = FEW.hooks().getFirst().campaign().accounts().getFirst();
        assertThat(brief().byAccount().get(first.index()).listening().getFirst().step())
                .isEqualTo("after-link");
    }

    @Test
    void everyStepGetsItsKill() {
        KindPlan plan = plan(1, 100);
        assertThat(steps(plan, KindPlan.Each::login)).containsAll(KindPlan.LOGIN);
        assertThat(steps(plan, KindPlan.Each::parse)).containsAll(KindPlan.PARSE);
        assertThat(steps(plan, KindPlan.Each::publish)).containsAll(KindPlan.PUBLISH);
        assertThat(steps(plan, KindPlan.Each::handover)).containsAll(KindPlan.HANDOVER);
    }

    @Test
    void inAShortRunEveryStepThatAKindHasForItselfGetsItsKill() {
        KindPlan plan = new KindPlan(brief().byAccount().subList(0, 8));
        assertThat(steps(plan, KindPlan.Each::login)).containsExactlyInAnyOrderElementsOf(named(Way.LOGIN));
        assertThat(steps(plan, KindPlan.Each::parse)).containsExactlyInAnyOrderElementsOf(named(Way.PARSE));
        assertThat(steps(plan, KindPlan.Each::handover)).containsExactlyInAnyOrderElementsOf(named(Way.HANDOVER));
        assertThat(steps(plan, KindPlan.Each::publish))
                .containsAll(named(Way.PUBLISH))
                .contains("in-call", "after-call");
    }

    @Test
    void whereAnAccountHasNoParserOrNoScheduleNothingIsPlannedForIt() {
        List<KindPlan.Each> accounts = brief().byAccount();
        assertThat(accounts.subList(0, 5))
                .allSatisfy(each -> assertThat(each.parse()).isEmpty());
        assertThat(accounts.subList(5, 8))
                .allSatisfy(each -> assertThat(each.publish()).isEmpty());
    }

    @Test
    void theBotsOfALongRunMeetEveryStepOfTheirLoginsAndPostsToo() {
        List<KindPlan.Each> bots = plan(1, 0).byAccount().subList(8, 10);
        assertThat(steps(new KindPlan(bots), KindPlan.Each::login))
                .containsExactlyInAnyOrderElementsOf(KindPlan.BOT_LOGIN)
                .doesNotContain("after-code");
        assertThat(steps(new KindPlan(bots), KindPlan.Each::publish)).containsAll(KindPlan.PUBLISH);
        assertThat(bots).allSatisfy(bot -> {
            assertThat(bot.login()).isNotEmpty();
            assertThat(bot.publish()).isNotEmpty();
            assertThat(bot.parse()).isEmpty();
            assertThat(bot.handover()).isEmpty();
        });
    }

    @Test
    void theBotOfAShortRunIsKilledInItsLoginAndInTheMidstOfItsSecondPost() {
        KindPlan.Each bot = brief().byAccount().getLast();
        assertThat(bot.login()).extracting(Sabotage::step).containsExactly("after-identity", "after-logged-in");
        assertThat(bot.publish()).extracting(Sabotage::step).containsExactly("before-end", "after-call");
        assertThat(FEW.bots()).hasSize(1);
        assertThat(brief().byAccount()).hasSize(9);
    }

    @Test
    void nothingIsPlannedForCampaignsOfABotWhichHasNone() {
        FaultPlan plan = FaultPlan.draw(new SplittableRandom(1), List.of("after-claim"), 8, 0, 60)
                .with(brief());
        assertThat(plan.of(FEW.bots().getFirst())).isEmpty();
        assertThat(plan.of(SCENARIO.accounts().getFirst())).isNotEmpty();
    }

    @Test
    void theAccountThatIsLoggedInAlreadyIsAskedForNoCode() {
        assertThat(plan(1, 100).byAccount().getFirst().login()).isEmpty();
    }

    @Test
    void theOnlyPostWhoseFormattingIsRefusedMeetsItsKillFirst() {
        assertThat(brief().byAccount().getFirst().publish().getFirst().step()).isEqualTo("after-fall-back");
    }

    @Test
    void manyKillsBringOtherKindsOfFaultsToo() {
        FaultPlan campaigns = FaultPlan.draw(new SplittableRandom(1), List.of(), 8, 0, 60);
        FaultPlan plan = campaigns.with(plan(1, 100));
        assertThat(plan.count(Kind.TERM)).isPositive();
        assertThat(plan.count(Kind.FREEZE)).isPositive();
        assertThat(plan.size() - campaigns.size())
                .isEqualTo(plan.kinds().byAccount().stream()
                        .mapToInt(each -> (int) each.all().count())
                        .sum());
    }

    @Test
    void theSameSeedGivesTheSamePlanAndAnotherSeedAnother() {
        assertThat(plan(7, 100)).isEqualTo(plan(7, 100)).isNotEqualTo(plan(8, 100));
    }
}
