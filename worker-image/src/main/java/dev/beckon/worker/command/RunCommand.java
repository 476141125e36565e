package dev.beckon.worker.command;

import dev.beckon.ledger.Ledger;
import dev.beckon.telegram.TelegramEngine;
import dev.beckon.telegram.tdlib.TdlibEngine;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.ClockCheck;
import dev.beckon.worker.Ending;
import dev.beckon.worker.SteadyClock;
import dev.beckon.worker.StopSignal;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.invite.InviteRun;
import dev.beckon.worker.lease.KernelWatchdog;
import dev.beckon.worker.login.LoginRun;
import dev.beckon.worker.login.SessionVisit;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.parse.ParseRun;
import dev.beckon.worker.publish.PublishingRun;
import dev.beckon.worker.settings.Environment;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.LoginOrder;
import dev.beckon.workorder.ParseOrder;
import dev.beckon.workorder.PublishOrder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;
import picocli.CommandLine.Command;

/** A command that carries a work order out. */
public abstract sealed class RunCommand implements Callable<Integer> {

    /** Logs an account in and keeps its session. */
    @Command(
            name = "login",
            aliases = {"check", "logout"},
            description = "Log the work order's account in and keep its session in the ledger.")
    public static final class Login extends RunCommand {
        @Override
        Ending run(Workshop workshop, Hints hints) {
            LoginOrder order = workshop.files().order(LoginOrder.class);
            MDC.put("account", order.account().name());
            return switch (order.purpose()) {
                case LogIn -> new LoginRun(workshop, order, hints).run();
                case Check, LogOut -> new SessionVisit(workshop, order, hints).run();
            };
        }
    }

    /** Works on a campaign. */
    @Command(name = "invite", description = "Bring the people of the work order's campaign into its chat.")
    public static final class Invite extends RunCommand {
        @Override
        Ending run(Workshop workshop, Hints hints) {
            InviteOrder order = workshop.files().order(InviteOrder.class);
            MDC.put(
                    "campaign",
                    order.campaign().namespace() + "/" + order.campaign().name());
            MDC.put("run", Integer.toString(order.campaign().run()));
            MDC.put("account", order.account().name());
            return new InviteRun(workshop, order, hints).run();
        }
    }

    /** Collects people. */
    @Command(name = "parse", description = "Collect the people of the work order's chat into a dataset.")
    public static final class Parse extends RunCommand {
        @Override
        Ending run(Workshop workshop, Hints hints) {
            ParseOrder order = workshop.files().order(ParseOrder.class);
            MDC.put("parser", order.parser().namespace() + "/" + order.parser().name());
            MDC.put("account", order.account().name());
            return new ParseRun(workshop, order, hints).run();
        }
    }

    /** Publishes a post. */
    @Command(name = "publish", description = "Publish the next post of the work order's schedule in each of its chats.")
    public static final class Publish extends RunCommand {
        @Override
        Ending run(Workshop workshop, Hints hints) {
            PublishOrder order = workshop.files().order(PublishOrder.class);
            MDC.put(
                    "schedule",
                    order.schedule().namespace() + "/" + order.schedule().name());
            MDC.put("account", order.account().name());
            return new PublishingRun(workshop, order, hints).run();
        }
    }

    abstract Ending run(Workshop workshop, Hints hints);

    @Override
    public Integer call() {
        Environment environment = new Environment(Map.copyOf(System.getenv()));
        MountedFiles files = new MountedFiles(environment.root());
        StopSignal stop = new StopSignal();
        return new ProcessEnd(files, stop).of(() -> run(environment, files, stop));
    }

    private Ending run(Environment environment, MountedFiles files, StopSignal stop) {
        if (environment.oneRunPerPod() && !PodRun.begins(files)) {
            return PodRun.over(stop);
        }
        KernelWatchdog watchdog = new KernelWatchdog();
        InstantSource clock = new SteadyClock(InstantSource.system(), watchdog::now);
        watchdog.arm(watchdog.now() + environment.startWithin().toNanos());
        // TDLib loads while the ledger connects: together they are most of the way to the first call.
        CompletableFuture<TelegramEngine> engine =
                CompletableFuture.supplyAsync(() -> engine(environment.tdlibLibrary(), clock));
        try (Ledger ledger = LedgerAccess.open(files, clock);
                Hints hints = LedgerAccess.hints(files)) {
            ClockCheck.require(ledger.clockSkew(), clock.instant());
            Workshop workshop = new Workshop(
                    environment,
                    files,
                    ledger,
                    options -> joined(engine).open(options),
                    clock,
                    RandomGenerator.getDefault(),
                    stop,
                    stop::sleep,
                    watchdog,
                    Workshop.LEASE_TERM,
                    () -> ProcessExit.now(ExitCode.LEASE_HELD.code()));
            return run(workshop, hints);
        }
    }

    private static TelegramEngine engine(Path library, InstantSource clock) {
        try {
            return TdlibEngine.load(library, clock);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }

    private static TelegramEngine joined(CompletableFuture<TelegramEngine> engine) {
        try {
            return engine.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
