package dev.beckon.demo.chaos;

import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.LoginOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who and what a run is about: accounts, campaigns, people, and what Telegram does wrong.
 *
 * @param capped people of two campaigns, whom the second one to come must leave alone
 * @param optingOut people who opt out while they wait in the queue
 * @param calling people of the fast level who come by webhook
 */
record Scenario(
        List<Account> accounts,
        List<Campaign> campaigns,
        List<Human> people,
        List<Human> capped,
        List<Human> optingOut,
        List<Human> calling) {

    /** By what Telegram knows an account of the team. */
    sealed interface Identity {
        /** A person's. */
        record Phone(String number) implements Identity {}

        /** A bot's: it serves no campaign. */
        record Token(String text) implements Identity {}
    }

    /** An account of the team. */
    record Account(int index, String name, String uid, long userId, Identity identity) {
        Account(int index, String name, String uid, long userId, String phone) {
            this(index, name, uid, userId, new Identity.Phone(phone));
        }

        LoginOrder.Method method() {
            return switch (identity) {
                case Identity.Phone _ -> index % 3 == 1 ? LoginOrder.Method.QrCode : LoginOrder.Method.PhoneCode;
                case Identity.Token _ -> LoginOrder.Method.BotToken;
            };
        }

        /** Whether it logs in by a QR code, which a phone of its own scans, and a password. */
        boolean byQrCode() {
            return method() == LoginOrder.Method.QrCode;
        }

        boolean isBot() {
            return identity instanceof Identity.Token;
        }

        @Override
        public String toString() {
            return "Account[" + name + "]";
        }
    }

    /**
     * A campaign for a chat of its own.
     *
     * @param administrators whether its accounts are administrators of the chat, who can read its event log
     */
    record Campaign(
            String name,
            String uid,
            String chat,
            Mode mode,
            List<Account> accounts,
            boolean administrators,
            List<Line> audience) {}

    /** A line of an audience: a person, by phone or by username. */
    record Line(Human human, boolean byPhone) {
        /** As the audience file has it, in the columns {@code phone,username}. */
        String csv() {
            return byPhone ? human.phone() + "," : "," + human.username();
        }
    }

    /** What Telegram does wrong to a person, once. */
    enum Trouble {
        ANSWER_LOST,
        LATE,
        /** The connection drops after the effect, and TDLib sends the call once more. */
        SENT_TWICE,
        JOINED_ALONE,
        ADDED_THEN_LEFT,
        DELETED_FOR_BOTH_SIDES
    }

    /**
     * A person of the world.
     *
     * @param noInvites lets nobody add them: gets a link
     * @param leftBefore was a member of the campaign's chat and left
     */
    record Human(
            long id,
            String username,
            String phone,
            boolean noInvites,
            Optional<String> leftBefore,
            Optional<Trouble> trouble) {
        @Override
        public String toString() {
            return "Human[" + id + "]";
        }
    }

    /** The same with accounts that serve no campaign. */
    Scenario with(List<Account> bots) {
        return new Scenario(
                Stream.concat(accounts.stream(), bots.stream()).toList(),
                campaigns,
                people,
                capped,
                optingOut,
                calling);
    }

    /** The campaigns in which an account works, in the order in which it does. */
    List<Campaign> of(Account account) {
        return campaigns.stream().filter(c -> c.accounts().contains(account)).toList();
    }

    /** Whether nothing that was drawn keeps the person from being contacted, by an invite or by a link. */
    boolean reachable(Human human) {
        return human.trouble().isEmpty()
                && human.leftBefore().isEmpty()
                && !capped.contains(human)
                && !optingOut.contains(human);
    }

    /** How many people are contacted at least, if nothing is lost. */
    int size() {
        return people.size();
    }
}
