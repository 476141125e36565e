package dev.beckon.worker.life;

import dev.beckon.worker.KillPoint;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happens to two campaigns for one chat and the same people.
 *
 * @param chat how the account stands to the chat
 * @param accounts 1 or 2
 * @param faults lines of a world file
 */
record Life(ChatKind chat, int accounts, Settings first, Settings second, List<String> faults, List<Step> steps) {

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

    /** How a campaign is declared. */
    record Settings(
            Mode mode, Duration pause, int perChatPerDay, int invitesPerDay, int attempts, Duration hibernate) {}

    /** What is done next. */
    sealed interface Step {
        /** A worker runs: which campaign, with which account, and how it dies if it does. */
        record Run(int campaign, int account, Optional<Death> death) implements Step {}

        record TimePasses(Duration time) implements Step {}

        record JoinsAlone(String person) implements Step {}

        record Leaves(String person) implements Step {}

        /** The last message that Alice sent the person is deleted for both sides. */
        record DeletesMessage(String person) implements Step {}
    }

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
