package dev.beckon.simulator.world;

import dev.beckon.telegram.LastSeen;
import java.util.Optional;

/**
 * What the world file says of a person, a bot or an account of the team; it never changes while the world runs.
 *
 * @param phone E.164 with {@code +}
 * @param password the second factor of the login
 * @param botToken set: this is a bot
 * @param dataCentre the one that keeps the account; logins elsewhere are sent there
 * @param deleted the account was deleted (INPUT_USER_DEACTIVATED)
 * @param tooManyChats can't be added anywhere any more (USER_CHANNELS_TOO_MUCH)
 * @param retryContacts importing the number answers {@code retry_contacts}
 * @param peerFloodAfter how many strangers the account may add or write to before PEER_FLOOD
 * @param lastSeen what others are told of when the person was online
 */
public record Profile(
        long id,
        String firstName,
        String lastName,
        Optional<String> username,
        Optional<String> phone,
        Optional<String> password,
        String passwordHint,
        Optional<String> botToken,
        Optional<Integer> dataCentre,
        Privacy privacy,
        boolean deleted,
        boolean tooManyChats,
        boolean retryContacts,
        Optional<Integer> peerFloodAfter,
        boolean premium,
        LastSeen lastSeen) {

    /**
     * The person's privacy settings.
     *
     * @param invites who may add the person to chats
     * @param phone who finds the person by phone number
     * @param messages who may write to the person first
     * @param refusedByError a refused invitation is USER_PRIVACY_RESTRICTED; otherwise a success with a missing invitee
     */
    public record Privacy(Audience invites, Audience phone, Audience messages, boolean refusedByError) {
        public static final Privacy OPEN =
                new Privacy(Audience.EVERYBODY, Audience.EVERYBODY, Audience.EVERYBODY, false);
    }

    public boolean bot() {
        return botToken.isPresent();
    }

    @Override
    public String toString() {
        return "Profile[" + id + "]";
    }
}
