package dev.beckon.worker.command;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.content.ContentRetention;
import dev.beckon.ledger.invite.Retention;
import dev.beckon.worker.ClockCheck;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Forgets the people of campaigns that are quiet for longer than their {@code spec.retention}; run daily by a CronJob. */
@Command(
        name = "retention",
        description = "Forget the people of every campaign in which nothing happened for as long as its spec.retention,"
                + " and of every parser's dataset that is older than its own; phones that a worker left in an address book; and what"
                + " became of posts more than 90 days ago."
                + " Needs the ledger's user beckon_steward; may be repeated.")
public final class RetentionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private boolean failed;

    @Override
    public Integer call() {
        return StewardAccess.answered(spec, ledger -> {
            // What it forgets does not come back: of a clock that is months ahead every campaign is long over.
            Optional<String> trouble = ClockCheck.trouble(ledger.clockSkew(), "nobody is forgotten by it");
            if (trouble.isPresent()) {
                throw new LedgerUnavailableException(trouble.get());
            }
            people(ledger);
            datasets(ledger);
            tried(() -> {
                long stranded = ledger.stranded().forgetOld();
                say(Count.of(stranded, "contact") + " forgotten that a worker left in an address book.");
            });
            tried(() -> {
                long publications = ledger.content().forget();
                say(Count.of(publications, "outcome") + " of posts forgotten, older than "
                        + ContentRetention.KEPT.toDays() + " days.");
            });
            return failed ? ExitCode.BAD_INPUT : ExitCode.OK;
        });
    }

    private void people(StewardLedger ledger) {
        List<Retention.Expired> expired = ledger.retention().expired();
        long[] people = {0};
        for (Retention.Expired campaign : expired) {
            tried(() -> {
                long forgotten = ledger.retention().forget(campaign);
                people[0] += forgotten;
                say(campaign.namespace().orElse("") + "/" + campaign.name().orElse(campaign.uid()) + ": "
                        + Count.people(forgotten) + " forgotten, quiet since " + campaign.lastAct());
            });
        }
        say(Count.people(people[0]) + " of " + Count.of(expired.size(), "campaign") + " forgotten.");
    }

    private void datasets(StewardLedger ledger) {
        List<Long> expired = ledger.datasets().expired();
        long[] people = {0};
        for (long dataset : expired) {
            tried(() -> people[0] += ledger.datasets().forget(dataset));
        }
        say(Count.people(people[0]) + " of " + Count.of(expired.size(), "dataset") + " forgotten.");
    }

    /** One campaign that can't be forgotten keeps no other; without a database there is nothing to go on with. */
    private void tried(Runnable step) {
        try {
            step.run();
        } catch (LedgerUnavailableException e) {
            throw e;
        } catch (LedgerException e) {
            failed = true;
            spec.commandLine().getErr().println(e.getMessage());
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
