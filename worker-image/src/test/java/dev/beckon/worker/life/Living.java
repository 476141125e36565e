package dev.beckon.worker.life;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.people.Identities;
import dev.beckon.simulator.world.Act;
import dev.beckon.worker.Ending;
import dev.beckon.worker.life.Life.Death;
import dev.beckon.worker.life.Life.Editable;
import dev.beckon.worker.life.Life.Moment;
import dev.beckon.worker.life.Life.Settings;
import dev.beckon.worker.life.Life.Step;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** Lives a life on a stage, then lets everything come to its end without further harm, and asks the world what happened. */
final class Living implements AutoCloseable {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: zoey, phone: "+491700000002"}
              - {username: owner}
              - {username: bobby, phone: "+491700000011"}
              - {username: carol, privacy: {invites: Nobody}}
              - {username: dora, phone: "+491700000012", privacy: {invites: Nobody, refusal: Error}}
              - {username: erik, privacy: {invites: Nobody, messages: Nobody}}
            chats:
              - {title: Meetup, username: meetup, STANDING}
              - {title: Picnic, username: picnic, STANDING}
            """;
    private static final String[] CHATS = {"Meetup", "Picnic"};
    private static final String[] ACCOUNTS = {"alice", "zoey"};

    /** More runs than any life needs to its end. */
    private static final int ENOUGH = 80;

    private final Life life;
    private final Stage stage;
    private final List<String> accounts = new ArrayList<>();
    private final List<Orders> campaigns;

    private final Attribution attribution = new Attribution();

    /** Who opts out during the next run. */
    private final List<Step.OptsOut> aboutToOptOut = new ArrayList<>();

    private Living(Life life, Path folder) {
        this.life = life;
        String faults = life.faults().isEmpty() ? "" : "faults:\n" + String.join("", life.faults());
        this.stage = new Stage(folder, WORLD.replace("STANDING", life.chat().yaml) + faults);
        stage.world().listen(attribution);
        for (int i = 0; i < life.accounts(); i++) {
            accounts.add(stage.login(ACCOUNTS[i]));
        }
        this.campaigns = List.of(
                orders(life.first(), 0).people(Lives.PEOPLE),
                orders(life.second(), 1).people("+491700000011", "carol", "+491700000012", "erik"));
    }

    /** Lives it in a folder of its own, which is removed. */
    static void liveAndJudge(Life life) throws IOException {
        Path folder = Files.createTempDirectory("beckon-life-");
        try (Living living = new Living(life, folder)) {
            living.live();
            living.comeToTheEnd();
            living.judgement().pass();
        } catch (AssertionError e) {
            // CI shows what was thrown and not always what jqwik drew: it goes into OnceRedTest.
            throw new AssertionError(e.getMessage() + "\nin " + life, e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Orders orders(Settings settings, int campaign) {
        Orders orders = Orders.of(accounts.toArray(String[]::new))
                .mode(settings.mode())
                .target("@" + chat(campaign).toLowerCase(Locale.ROOT));
        edit(orders, settings.editable());
        return orders;
    }

    private String chat(int campaign) {
        return CHATS[campaign % life.chats()];
    }

    private static void edit(Orders orders, Editable settings) {
        orders.message(settings.text().template)
                .delay(settings.pause(), settings.pause())
                .window(
                        settings.hours().start,
                        settings.hours().end,
                        settings.hours().zone,
                        settings.hours().days())
                .perChatPerDay(settings.limits().invitesPerChat())
                .limits(settings.limits().invites(), settings.limits().messages(), 5, 100)
                .retry(settings.attempts(), Duration.ofMinutes(10))
                .breaker(1.0, settings.breakAfter())
                .hibernateAfter(settings.hibernate());
    }

    private void live() {
        life.steps().forEach(this::take);
    }

    private void take(Step step) {
        switch (step) {
            case Step.Run(int campaign, int account, Optional<Death> death) ->
                run(campaign, account % life.accounts(), death);
            case Step.Edited(int campaign, Editable settings) -> edit(campaigns.get(campaign), settings);
            case Step.TimePasses(Duration time) -> stage.world().advanceClock(time);
            case Step.JoinsAlone(String person) -> inEachChat(chat -> new Act.Join(stage.chatId(chat), id(person)));
            case Step.DeletesMessage(String person) ->
                stage.world().acts().perform(new Act.DeleteLastMessage(id("alice"), id(person)));
            case Step.Leaves(String person) -> inEachChat(chat -> new Act.Leave(stage.chatId(chat), id(person)));
            case Step.OptsOut optOut when optOut.during().isPresent() -> aboutToOptOut.add(optOut);
            case Step.OptsOut(String person, var _) -> optsOut(person);
            case Step.HasDeadline(int campaign, Duration from) ->
                campaigns.get(campaign).deadline(stage.world().clock().instant().plus(from));
        }
    }

    /** By their username, also of those whom the second audience names by phone; anew it changes nothing. */
    private void optsOut(String person) {
        stage.ledger().suppressions().add(List.of(Identities.ofUsername(person)), OptionalLong.empty(), "AskedByMail");
        attribution.optsOut(id(person));
    }

    private void inEachChat(Function<String, Act> act) {
        for (int i = 0; i < life.chats(); i++) {
            stage.world().acts().perform(act.apply(CHATS[i]));
        }
    }

    private long id(String person) {
        return stage.person(person).id();
    }

    /** @return how it ended; empty when it died */
    private Optional<Ending> run(int campaign, int account, Optional<Death> death) {
        Pod pod = switch (death.orElse(null)) {
            case Death.LedgerGone(long moment) -> stage.cutOff(moment);
            case Death.At(var step, int nth) -> stage.pod().killedAt(step, nth);
            case Death.Asked(int rest) -> asked(stage.pod(), rest);
            case null -> stage.pod();
        };
        List<Step.OptsOut> meanwhile = List.copyOf(aboutToOptOut);
        aboutToOptOut.clear();
        for (Step.OptsOut optOut : meanwhile) {
            Moment moment = optOut.during().orElseThrow();
            pod.meeting(moment.step(), moment.nth(), () -> optsOut(optOut.person()));
        }
        InviteOrder order = campaigns.get(campaign).build(accounts.get(account));
        attribution.begins(campaign);
        try {
            Ending ending = pod.run(Stage.inviting(order));
            heal(ending, campaign, account);
            return Optional.of(ending);
        } catch (Pod.Killed | LedgerException e) {
            return Optional.empty();
        } finally {
            pod.close();
            stage.leasesRunOut();
            // Also whose moment did not come.
            meanwhile.forEach(optOut -> optsOut(optOut.person()));
        }
    }

    private static Pod asked(Pod pod, int rest) {
        AtomicInteger rests = new AtomicInteger();
        return pod.resting(_ -> {
            if (rests.incrementAndGet() == rest) {
                pod.stop().raise();
            }
        });
    }

    /** What a person does about it. */
    private void heal(Ending ending, int campaign, int account) {
        if (ending.result().ending() == RunResult.Ending.PAUSED) {
            stage.acknowledge(campaigns.get(campaign).campaign());
        }
        if (ending.exit() == ExitCode.LOGIN_REQUIRED) {
            stage.login(accounts.get(account), stage.person(ACCOUNTS[account]));
        }
    }

    /** Runs each campaign with each account until nothing is left. */
    private void comeToTheEnd() {
        for (int campaign = 0; campaign < campaigns.size(); campaign++) {
            for (int account = 0; account < life.accounts(); account++) {
                finish(campaign, account);
            }
        }
        // What is still on its way arrives.
        stage.world().advanceClock(Duration.ofMinutes(5));
    }

    private void finish(int campaign, int account) {
        Ending ending = null;
        for (int i = 0; i < ENOUGH; i++) {
            ending = run(campaign, account, Optional.empty()).orElseThrow();
            Instant now = stage.world().clock().instant();
            if (ending.result().ending() == RunResult.Ending.COMPLETED) {
                if (ending.result().reason().equals("DeadlinePassed")) {
                    comeToTheDeadline(campaigns.get(campaign).build().deadline().orElseThrow());
                }
                return;
            }
            ending.result()
                    .resumeAt()
                    .filter(at -> at.isAfter(now))
                    .ifPresent(at -> stage.world().advanceClock(Duration.between(now, at)));
        }
        throw new AssertionError("a campaign came to no end; its last run: " + ending);
    }

    /** A run ends before the deadline when its next act would come after it; the campaign ends with the deadline. */
    private void comeToTheDeadline(Instant deadline) {
        Instant now = stage.world().clock().instant();
        if (deadline.isAfter(now)) {
            stage.world().advanceClock(Duration.between(now, deadline));
        }
    }

    private Judgement judgement() {
        return new Judgement(life, stage, campaigns, attribution.made());
    }

    @Override
    public void close() {
        stage.close();
    }
}
