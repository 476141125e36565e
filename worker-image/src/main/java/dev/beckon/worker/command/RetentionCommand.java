package dev.beckon.worker.command;

import dev.beckon.ledger.content.ContentRetention;
import dev.beckon.ledger.invite.Retention;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import java.util.List;
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

    @Override
    public Integer call() {
        return StewardAccess.answered(spec, ledger -> {
            long people = 0;
            int campaigns = 0;
            for (Retention.Expired campaign : ledger.retention().expired()) {
                long forgotten = ledger.retention().forget(campaign);
                people += forgotten;
                campaigns++;
                spec.commandLine()
                        .getOut()
                        .println(campaign.namespace().orElse("") + "/"
                                + campaign.name().orElse(campaign.uid()) + ": " + Count.people(forgotten)
                                + " forgotten, quiet since " + campaign.lastAct());
            }
            spec.commandLine()
                    .getOut()
                    .println(Count.people(people) + " of " + Count.of(campaigns, "campaign") + " forgotten.");
            List<Long> datasets = ledger.datasets().expired();
            long parsed = 0;
            for (long dataset : datasets) {
                parsed += ledger.datasets().forget(dataset);
            }
            spec.commandLine()
                    .getOut()
                    .println(Count.people(parsed) + " of " + Count.of(datasets.size(), "dataset") + " forgotten.");
            long stranded = ledger.stranded().forgetOld();
            spec.commandLine()
                    .getOut()
                    .println(Count.of(stranded, "contact") + " forgotten that a worker left in an address book.");
            long publications = ledger.content().forget();
            spec.commandLine()
                    .getOut()
                    .println(Count.of(publications, "outcome") + " of posts forgotten, older than "
                            + ContentRetention.KEPT.toDays() + " days.");
            return ExitCode.OK;
        });
    }
}
