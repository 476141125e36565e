package dev.beckon.worker.life;

import dev.beckon.worker.KillPoint;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happens to two campaigns for the same people. A campaign that is suspended is none of it: the worker's order does not
 * know of it. The operator starts no worker then and asks the one at work to end, which are {@link Step.TimePasses} and
 * {@link Death.Asked} here. Nor is another consent: a person keeps the one that they were imported with.
 *
 * @param chat how the accounts stand to each chat
 * @param chats 1: both campaigns are for one; 2: each has its own
 * @param accounts 1 or 2
 * @param faults lines of a world file
 */
record Life(
        ChatKind chat,
        int chats,
        int accounts,
        Settings first,
        Settings second,
        List<String> faults,
        List<Step> steps) {

    /** The chat, in which Alice and Zoe are what the name says. */
    enum ChatKind {
        ADMINISTRATORS("owner: alice, admins: [zoey]"),
        MEMBERS("owner: owner, members: [alice, zoey]"),
        HIDDEN("owner: owner, members: [alice, zoey], hiddenMembers: true"),
        STRANGERS("owner: owner");

        final String yaml;

        ChatKind(String yaml) {
            this.yaml = yaml;
        }
    }

    /** How a campaign is declared: its mode, which nobody can edit, and the rest. */
    record Settings(Mode mode, Editable editable) {}

    /**
     * What may be edited while a campaign runs.
     *
     * @param breakAfter after how many attempts a bad share of them pauses the campaign
     */
    record Editable(
            Duration pause, Hours hours, Limits limits, int attempts, int breakAfter, Duration hibernate, Text text) {}

    /** What may be done a day. */
    record Limits(int invitesPerChat, int invites, int messages) {}

    /** When a campaign may reach out. */
    enum Hours {
        ALL_DAY("08:00", "22:00", "UTC", ""),
        AN_EVENING("18:00", "20:00", "Asia/Kolkata", ""),
        SOME_MORNINGS("09:00", "12:00", "Pacific/Auckland", "Mon Thu");

        final String start;
        final String end;
        final String zone;
        /** Separated by blanks; none for all. */
        private final String days;

        Hours(String start, String end, String zone, String days) {
            this.start = start;
            this.end = end;
            this.zone = zone;
            this.days = days;
        }

        String[] days() {
            return days.isEmpty() ? new String[0] : days.split(" ");
        }
    }

    /** What a message says: who was sent one text is found by it, also when it was edited since. */
    enum Text {
        COME("Come to {{chat}}: {{link}}"),
        WHERE("{{link}} is where we are");

        final String template;

        Text(String template) {
            this.template = template;
        }
    }

    /** What is done next. */
    sealed interface Step {
        /** A worker runs: which campaign, with which account, and how it dies if it does. */
        record Run(int campaign, int account, Optional<Death> death) implements Step {}

        /** The resource is edited. */
        record Edited(int campaign, Editable settings) implements Step {}

        record TimePasses(Duration time) implements Step {}

        record JoinsAlone(String person) implements Step {}

        record Leaves(String person) implements Step {}

        /** The last message that Alice sent the person is deleted for both sides. */
        record DeletesMessage(String person) implements Step {}

        /**
         * The person is put on the suppression list for every chat.
         *
         * @param during of the next run; now, between two runs, when empty, and after that run when it doesn't come so far
         */
        record OptsOut(String person, Optional<Moment> during) implements Step {}

        /** The campaign is given a deadline, so long from now, or another one. */
        record HasDeadline(int campaign, Duration from) implements Step {}
    }

    /** When a worker comes to a step for the n-th time. */
    record Moment(KillPoint step, int nth) {}

    /** How a worker ends before its time. */
    sealed interface Death {
        /** Killed when it comes to a step. */
        record At(KillPoint step, int nth) implements Death {}

        /** Its way to the database breaks at this statement or commit, for ever. */
        record LedgerGone(long moment) implements Death {}

        /** SIGTERM during its n-th rest. */
        record Asked(int rest) implements Death {}
    }
}
