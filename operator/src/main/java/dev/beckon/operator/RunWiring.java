package dev.beckon.operator;

import dev.beckon.operator.account.AccountLookup;
import dev.beckon.operator.autopost.AutopostActor;
import dev.beckon.operator.autopost.AutopostDecisions;
import dev.beckon.operator.autopost.AutopostObserver;
import dev.beckon.operator.autopost.AutopostPlanner;
import dev.beckon.operator.autopost.AutopostStatusFactory;
import dev.beckon.operator.autopost.AutopostWorkerFactory;
import dev.beckon.operator.autopost.WrittenPosts;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.parser.ParserActor;
import dev.beckon.operator.parser.ParserObserver;
import dev.beckon.operator.parser.ParserPlanner;
import dev.beckon.operator.parser.ParserStatusFactory;
import dev.beckon.operator.parser.ParserWorkerFactory;
import dev.beckon.operator.run.RunActor;
import dev.beckon.operator.run.RunObserver;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.FleetIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Builds the parts of the kinds whose runs use one account. */
@ApplicationScoped
public class RunWiring {

    @Produces
    @Singleton
    ParserWorkerFactory parserWorkers(Settings settings) {
        return new ParserWorkerFactory(settings);
    }

    @Produces
    @Singleton
    ParserPlanner parserPlanner(ParserWorkerFactory workers, Settings settings) {
        return new ParserPlanner(workers, settings);
    }

    @Produces
    @Singleton
    ParserStatusFactory parserStatuses(ParserWorkerFactory workers) {
        return new ParserStatusFactory(workers);
    }

    @Produces
    @Singleton
    ParserObserver parserObserver(
            AccountLookup accounts,
            FleetIndex fleet,
            ReportBook book,
            Hints hints,
            InstantSource clock,
            Settings settings) {
        return new ParserObserver(new RunObserver(accounts, fleet, book, hints, clock, settings), book);
    }

    @Produces
    @Singleton
    ParserActor parserActor(ParserWorkerFactory workers, RunActor actor) {
        return new ParserActor(workers, actor);
    }

    @Produces
    @Singleton
    AutopostWorkerFactory autopostWorkers(Settings settings) {
        return new AutopostWorkerFactory(settings);
    }

    @Produces
    @Singleton
    AutopostPlanner autopostPlanner(AutopostWorkerFactory workers, Settings settings) {
        return new AutopostPlanner(workers, settings);
    }

    @Produces
    @Singleton
    AutopostStatusFactory autopostStatuses() {
        return new AutopostStatusFactory();
    }

    @Produces
    @Singleton
    WrittenPosts writtenPosts(Files files, Settings settings) {
        return new WrittenPosts(files, settings.pace().recheck());
    }

    @Produces
    @Singleton
    AutopostObserver autopostObserver(
            AccountLookup accounts,
            FleetIndex fleet,
            ReportBook book,
            Hints hints,
            WrittenPosts posts,
            InstantSource clock,
            Settings settings) {
        return new AutopostObserver(new RunObserver(accounts, fleet, book, hints, clock, settings), book, posts);
    }

    @Produces
    @Singleton
    AutopostDecisions autopostDecisions(LedgerDoor door, WrittenPosts posts, ReportBook book, HumanRequests requests) {
        return new AutopostDecisions(door, posts, book, requests);
    }

    @Produces
    @Singleton
    AutopostActor autopostActor(AutopostWorkerFactory workers, RunActor actor, Settings settings) {
        return new AutopostActor(workers, actor, settings);
    }
}
