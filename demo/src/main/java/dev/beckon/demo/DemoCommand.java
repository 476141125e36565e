package dev.beckon.demo;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Interruption;
import dev.beckon.demo.environment.StateLock;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.demo.proof.EnvironmentLeaks;
import dev.beckon.demo.proof.Evidence;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.KindProof;
import dev.beckon.demo.proof.LoginEvidence;
import dev.beckon.demo.proof.LoginProof;
import dev.beckon.demo.proof.Proof;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.demo.view.LiveView;
import dev.beckon.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * The first five minutes: starts everything, applies the examples, shows them live, acknowledges what a person has to
 * acknowledge, and compares the outcome with what Telegram saw, person by person.
 */
@Command(
        name = "demo",
        description =
                "Campaigns, a parser, a schedule and a login by QR code on this machine, from kubectl apply to the end.")
final class DemoCommand implements Callable<Integer> {
    private static final Path STATE = Path.of(".build/demo");
    private static final String NAMESPACE = "default";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration FOR_GOOD = Duration.ofDays(365);
    /** Without the time that a person takes: an evening of it is no failure. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** The operator writes it a minute after it changed. */
    private static final Duration USAGE_IS_TOLD = Duration.ofSeconds(100);

    private static final Duration POST_IS_TOLD = Duration.ofSeconds(30);

    private final boolean endsByItself = "1".equals(System.getenv("DEMO_EXIT"));
    private final boolean terminal = Terminal.isThere();
    private final Progress progress = new Progress();

    @Override
    public Integer call() throws Exception {
        StateLock.hold(STATE, "make demo");
        Path examples = Beckon.checkout().resolve("examples");
        Environment environment = new Environment(STATE, examples.resolve("worlds/demo.yaml"), Beckon.programs());
        progress.say("Beckon on this machine: real Kubernetes, database, Redis and TDLib; only Telegram is our own.\n");
        try (Interruption interruption = new Interruption(() -> {
            progress.say("\nStopping:");
            environment.down(progress);
        })) {
            // Each demo starts from nothing: what a former one left is stopped and forgotten.
            environment.forget();
            environment.check();
            environment.up(progress);
            return show(environment, examples, interruption);
        }
    }

    private int show(Environment environment, Path examples, Interruption interruption) throws InterruptedException {
        if (!endsByItself) {
            // Before a campaign asks for a word that is given there.
            progress.say("\nFor kubectl in another terminal: " + kubeconfig(environment));
        }
        apply(environment, examples);
        Scans scans = new Scans(new ControlDoor(environment.telegram().control()), Clock.systemUTC());
        boolean succeeded = watch(environment, scans, interruption);
        boolean peopleAgree;
        boolean loginsAgree;
        boolean kindsAgree;
        try (Ledger ledger = environment.ledger()) {
            peopleAgree = Proof.print(evidence(environment, ledger, interruption), System.out);
            loginsAgree = LoginProof.print(logins(environment, scans, ledger), System.out);
            kindsAgree = KindProof.print(kinds(environment, ledger, interruption), System.out);
        }
        List<String> leaks = new EnvironmentLeaks(environment).findings();
        leaks.forEach(leak -> progress.say("✗ " + leak));
        progress.say(leaks.isEmpty() ? "No person and no secret in any log, event, status, metric or ConfigMap." : "");
        if (!endsByItself) {
            progress.say("\nEverything still runs. In another terminal:\n  " + kubeconfig(environment)
                    + "\nCtrl-C here ends it.");
            interruption.await(FOR_GOOD);
        }
        return succeeded && peopleAgree && loginsAgree && kindsAgree && leaks.isEmpty() ? 0 : 1;
    }

    private static String kubeconfig(Environment environment) {
        return "export KUBECONFIG=" + environment.cluster().kubeconfig();
    }

    private void apply(Environment environment, Path examples) {
        String zone = DaytimeZone.at(Instant.now());
        progress.say("\n$ kubectl apply -f examples/        # with the contact window in " + zone
                + ", where it is day now\n");
        try (Stream<Path> files = Files.list(examples)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                environment.cluster().apply(Files.readString(file).replace("timeZone: Etc/GMT", "timeZone: " + zone));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows the campaigns until all have ended, and scans QR codes meanwhile; answers whether all of them succeeded. */
    private boolean watch(Environment environment, Scans scans, Interruption interruption) throws InterruptedException {
        Campaigns campaigns = new Campaigns(environment.cluster(), NAMESPACE);
        Acknowledgements acknowledgements = acknowledgements(environment);
        Patience patience = new Patience(PATIENCE, Instant.now());
        try (LiveView view = new LiveView(environment.cluster(), NAMESPACE, terminal)) {
            while (true) {
                interruption.await(BETWEEN_LOOKS);
                List<InviteCampaign> now = campaigns.all();
                view.look();
                boolean personsTurn = false;
                for (InviteCampaign campaign : now) {
                    personsTurn |= acknowledgements.look(campaign, view::say);
                }
                List<TelegramAccount> accounts = campaigns.accounts();
                accounts.forEach(account -> scans.look(account, view::say));
                if (!now.isEmpty()
                        && now.stream().allMatch(DemoCommand::ended)
                        && accounts.stream().allMatch(LoginEvidence::isSettled)
                        && campaigns.schedules().stream().allMatch(DemoCommand::posted)) {
                    return now.stream().allMatch(c -> c.getStatus().state() == State.Succeeded);
                }
                if (patience.isOver(Instant.now(), personsTurn)) {
                    view.say(
                            "Not every campaign ended, no post was published, or an account still waits for its scan, after "
                                    + PATIENCE.toMinutes()
                                    + " minutes, without the time of the person who acknowledges.");
                    return false;
                }
            }
        }
    }

    private Acknowledgements acknowledgements(Environment environment) {
        BiConsumer<String, String> annotate = (campaign, annotation) -> environment
                .cluster()
                .kubectl("annotate", "campaign", campaign, "-n", NAMESPACE, "--overwrite", annotation);
        return endsByItself
                ? Acknowledgements.byThemselves(annotate)
                : Acknowledgements.byAPerson(Acknowledgements::enterPressed, annotate);
    }

    /** What an account was used for stands in its status a little later; what does not come is judged as it is. */
    private Evidence evidence(Environment environment, Ledger ledger, Interruption interruption)
            throws InterruptedException {
        Campaigns campaigns = new Campaigns(environment.cluster(), NAMESPACE);
        TruthDoor truth = new TruthDoor(environment.telegram().truth());
        Instant giveUp = Instant.now().plus(USAGE_IS_TOLD);
        boolean said = false;
        while (true) {
            Evidence evidence =
                    Evidence.gather(campaigns.all(), campaigns.accounts(), campaigns.files(), ledger, truth);
            if (evidence.usageIsTold() || Instant.now().isAfter(giveUp)) {
                return evidence;
            }
            if (!said) {
                progress.say("\nWaiting until every account's status tells its last use, within a minute.");
                said = true;
            }
            interruption.await(BETWEEN_LOOKS);
        }
    }

    private static LoginEvidence logins(Environment environment, Scans scans, Ledger ledger) {
        return LoginEvidence.gather(
                new Campaigns(environment.cluster(), NAMESPACE).accounts(),
                scans.taken(),
                ledger,
                new TruthDoor(environment.telegram().truth()));
    }

    /** A post that is published while the witnesses are asked is no disagreement: then they are asked again. */
    private KindEvidence kinds(Environment environment, Ledger ledger, Interruption interruption)
            throws InterruptedException {
        Campaigns campaigns = new Campaigns(environment.cluster(), NAMESPACE);
        TruthDoor truth = new TruthDoor(environment.telegram().truth());
        Instant giveUp = Instant.now().plus(POST_IS_TOLD);
        while (true) {
            KindEvidence evidence = KindEvidence.gather(campaigns.parsers(), campaigns.schedules(), ledger, truth);
            if (KindProof.ofDemonstration(evidence).agrees() || Instant.now().isAfter(giveUp)) {
                return evidence;
            }
            interruption.await(BETWEEN_LOOKS);
        }
    }

    private static boolean posted(AutopostSchedule schedule) {
        return schedule.getStatus() != null && schedule.getStatus().lastPost() != null;
    }

    private static boolean ended(InviteCampaign campaign) {
        return campaign.getStatus() != null
                && Set.of(State.Succeeded, State.Failed)
                        .contains(campaign.getStatus().state());
    }
}
