package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Kinds.Parser;
import dev.beckon.demo.chaos.Kinds.Schedule;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.ledger.accounts.Priority;

/** What an account's workers do, one after the other, until it is done. */
sealed interface Work {
    /** What goes first. */
    Priority priority();

    /** Whose wish for the account it is. */
    String uid();

    /** In the names of its workers. */
    String word();

    /** @param interrupted whether it is there to give its account up: slow, and nothing else happens to its workers */
    record Invite(Campaign campaign, boolean interrupted) implements Work {
        @Override
        public Priority priority() {
            return Priority.Invite;
        }

        @Override
        public String uid() {
            return campaign.uid();
        }

        @Override
        public String word() {
            return campaign.chat();
        }
    }

    /** The people come by webhook: a worker is there when somebody is, and goes when nobody comes for a while. */
    record Listen(Campaign campaign) implements Work {
        @Override
        public Priority priority() {
            return Priority.Invite;
        }

        @Override
        public String uid() {
            return campaign.uid();
        }

        @Override
        public String word() {
            return campaign.chat();
        }
    }

    /** @param run from 1 on */
    record Parse(Parser parser, int run) implements Work {
        @Override
        public Priority priority() {
            return Priority.Parse;
        }

        @Override
        public String uid() {
            return parser.uid();
        }

        @Override
        public String word() {
            return "parse";
        }
    }

    /** @param run from 1 on; publishes the post of this number */
    record Publish(Schedule schedule, int run) implements Work {
        /** In the names of workers that publish. */
        static final String WORD = "publish";

        @Override
        public Priority priority() {
            return Priority.Publish;
        }

        @Override
        public String uid() {
            return schedule.uid();
        }

        @Override
        public String word() {
            return WORD;
        }
    }
}
