package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleSpec;
import dev.beckon.crd.AutopostScheduleSpec.ConcurrencyPolicy;
import dev.beckon.crd.AutopostScheduleSpec.MissedRuns;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.ParserJobSpec;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.WholeKinds.Posting;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.simulator.world.WorldSeed;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.workorder.ParseOrder.Collect;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeKindsTest {
    private static final Scenario SCENARIO = WholeScenario.draw(new SplittableRandom(1), 5, 12);
    private static final WholeKinds KINDS = KindsDraw.whole(new SplittableRandom(1), SCENARIO);

    @TempDir
    Path folder;

    @Test
    void membersAndAuthorsPostsInFilesAndInTheResourceOneTargetAndTwoAreTried() {
        assertThat(KINDS.parsers()).extracting(Parser::collect).containsExactlyInAnyOrder(Collect.values());
        assertThat(KINDS.postings()).extracting(Posting::inFiles).contains(true, false);
        assertThat(KINDS.postings()).extracting(Posting::queues).contains(true, false);
        assertThat(KINDS.postings())
                .extracting(it -> it.schedule().chats().size())
                .contains(1, 2);
    }

    @Test
    void whoseAccountsTheyAreHaveCampaignsTooUnlessTheyAreBots() {
        assertThat(KINDS.parsers())
                .allSatisfy(it -> assertThat(SCENARIO.of(it.account())).isNotEmpty());
        assertThat(KINDS.postings())
                .allSatisfy(
                        it -> assertThat(SCENARIO.of(it.schedule().account()).isEmpty())
                                .isEqualTo(it.schedule().account().isBot()));
        assertThat(KINDS.bots()).hasSize(1).doesNotContainAnyElementsOf(SCENARIO.accounts());
    }

    @Test
    void aBotIsAppliedWithItsTokenAndTheWorldKnowsIt() throws Exception {
        Scenario scenario = SCENARIO.with(KINDS.bots());
        Account bot = scenario.accounts().getLast();
        List<JsonNode> items = items(new Manifests("UTC").accounts(scenario));
        JsonNode secret = items.get(items.size() - 2);

        TelegramAccountSpec.Login login =
                as(items.getLast(), TelegramAccount.class).getSpec().login();
        assertThat(login.method()).isEqualTo(TelegramAccountSpec.Method.BotToken);
        assertThat(login.secretRef().name())
                .isEqualTo(secret.at("/metadata/name").asText());

        Path file = Files.writeString(folder.resolve("world.yaml"), WorldYaml.of(scenario, KINDS.kinds()));
        WorldSeed world = WorldFile.read(file);
        assertThat(world.people())
                .filteredOn(person -> person.profile().id() == bot.userId())
                .singleElement()
                .satisfies(person -> {
                    assertThat(person.profile().botToken())
                            .contains(secret.at("/stringData/bot-token").asText());
                    assertThat(person.profile().phone()).isEmpty();
                });
        assertThat(world.chats())
                .filteredOn(chat -> chat.administrators().contains(bot.userId()))
                .hasSize(2);
    }

    @Test
    void inAShortRunThereIsOneParserAndOneScheduleOfTwoPostsAndOneOfABot() {
        WholeKinds few = KindsDraw.wholeFew(new SplittableRandom(1), SCENARIO);
        assertThat(few.parsers()).singleElement().extracting(Parser::collect).isEqualTo(Collect.Members);
        assertThat(few.postings()).hasSize(2).allSatisfy(it -> {
            assertThat(it.posts()).isEqualTo(2);
            assertThat(it.queues()).isTrue();
        });
        assertThat(few.postings())
                .extracting(it -> it.schedule().account().isBot())
                .containsExactly(false, true);
    }

    @Test
    void theNamesOfTheirPodsTellWhoIsMeant() {
        assertThat(KINDS.parsers()).allMatch(it -> it.name().endsWith(Parser.SUFFIX));
        assertThat(KINDS.postings()).allMatch(it -> it.schedule().name().endsWith(Kinds.Schedule.SUFFIX));
    }

    @Test
    void theApiServersUidsReplaceTheDrawnOnes() {
        Parser parser = KINDS.parsers().getFirst();
        Posting posting = KINDS.postings().getFirst();
        WholeKinds identified = KINDS.identified(
                Map.of(parser.name(), "parser-uid", posting.schedule().name(), "schedule-uid"));

        assertThat(identified.parsers()).extracting(Parser::uid).containsExactly("parser-uid", "none of team3-people");
        assertThat(identified.kinds().schedules())
                .extracting(Kinds.Schedule::uid)
                .containsExactly("schedule-uid", "none of team3-posts", "none of team5-posts");
        assertThat(identified.parsers().getFirst().chat()).isEqualTo(parser.chat());
    }

    @Test
    void aScheduleIsAppliedWithItsPostsAndItsWayWithMissedMinutes() throws Exception {
        List<JsonNode> items = items(KindManifests.schedules(KINDS));
        assertThat(items)
                .extracting(it -> it.path("kind").asText())
                .containsExactly("ConfigMap", "AutopostSchedule", "AutopostSchedule", "AutopostSchedule");
        Posting files = KINDS.postings().getFirst();
        JsonNode data = items.getFirst().path("data");
        assertThat(data.properties()).hasSize(files.posts()).allMatch(it -> PostKeys.isPost(it.getKey()));
        assertThat(data.path("post-02.md").asText()).isEqualTo(files.schedule().markdown(2));

        AutopostScheduleSpec queues = as(items.get(1), AutopostSchedule.class).getSpec();
        assertThat(queues.content().configMapRef().name())
                .isEqualTo(items.getFirst().at("/metadata/name").asText());
        assertThat(queues.concurrencyPolicy()).isEqualTo(ConcurrencyPolicy.Allow);
        assertThat(queues.targets()).hasSize(1);

        AutopostScheduleSpec makesUp = as(items.get(2), AutopostSchedule.class).getSpec();
        assertThat(makesUp.content().posts()).hasSize(KINDS.postings().get(1).posts());
        assertThat(makesUp.concurrencyPolicy()).isEqualTo(ConcurrencyPolicy.Forbid);
        assertThat(makesUp.missedRuns()).isEqualTo(MissedRuns.PublishOnce);
        assertThat(makesUp.whenExhausted()).isEqualTo(AutopostScheduleSpec.WhenExhausted.Stop);
        assertThat(makesUp.targets()).hasSize(2);
    }

    @Test
    void aParserIsAppliedForWhomItCollects() throws Exception {
        List<ParserJobSpec.Collect> collects = KINDS.parsers().stream()
                .map(KindManifests::parser)
                .map(manifest -> as(items(manifest).getFirst(), ParserJob.class)
                        .getSpec()
                        .collect())
                .toList();
        assertThat(collects).containsExactly(ParserJobSpec.Collect.Members, ParserJobSpec.Collect.Authors);
    }

    @Test
    void theWorldHasTheirChatsAndWhoWroteIsNotEverybody() throws Exception {
        Path file = Files.writeString(
                folder.resolve("world.yaml"), WorldYaml.of(SCENARIO.with(KINDS.bots()), KINDS.kinds()));
        List<WorldSeed.ChatSeed> chats = WorldFile.read(file).chats();
        Parser authors = KINDS.parsers().get(1);

        List<WorldSeed.Post> messages = chats.stream()
                .filter(chat -> chat.profile()
                        .username()
                        .filter(("chaos_" + authors.chat())::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .posts();

        assertThat(messages.stream().map(WorldSeed.Post::fromId).distinct()).hasSize(authors.crowd() / 2);
        assertThat(messages).hasSizeGreaterThan(authors.crowd() / 2).hasSizeLessThan(authors.crowd());
        assertThat(chats).hasSize(SCENARIO.campaigns().size() + 2 + 5);
    }

    private static List<JsonNode> items(String manifest) {
        try {
            return StreamSupport.stream(
                            new JsonMapper().readTree(manifest).get("items").spliterator(), false)
                    .toList();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("the manifest is no JSON", e);
        }
    }

    private static <T> T as(JsonNode item, Class<T> type) {
        return Serialization.unmarshal(item.toString(), type);
    }
}
