package dev.beckon.ledger.webhook;

import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Closes the secrets of webhooks for the ledger, and judges by them. Thread-safe. */
public final class DoorSeal {
    /** Shorter ones can be guessed. */
    static final int SHORTEST = 16;

    static final int LONGEST = 256;

    private static final String TABLE = "beckon_invite.webhook_door";

    private final FieldCipher cipher;
    private final LookupKeys lookups;

    public DoorSeal(LedgerKeys keys) {
        this.cipher = keys.fieldCipher();
        this.lookups = keys.lookupKeys();
    }

    /**
     * What is wrong with a webhook's secret, in a sentence for whoever made it; empty when it is good.
     *
     * @param token what callers show, key {@code token} of the campaign's Secret
     * @param signingKey what callers sign with, key {@code signing-key}
     */
    public static Optional<String> problem(Optional<String> token, Optional<String> signingKey) {
        if (token.isEmpty() && signingKey.isEmpty()) {
            return Optional.of("The webhook's Secret has neither of the keys token and signing-key: one is needed.");
        }
        return token.flatMap(text -> problem("token", text))
                .or(() -> signingKey.flatMap(text -> problem("signing-key", text)));
    }

    private static Optional<String> problem(String key, String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return Optional.of("The webhook's " + key + " has " + text.length()
                    + (text.length() == 1 ? " character" : " characters") + ": it needs " + SHORTEST + " to " + LONGEST
                    + ", such as `openssl rand -hex 24` makes.");
        }
        // A header can't carry others, and a line's end at the end of a file is the usual mistake.
        return text.chars().allMatch(c -> c > ' ' && c < 127)
                ? Optional.empty()
                : Optional.of("The webhook's " + key + " has a space, a line's end or a character that is not ASCII: no"
                        + " header can carry it. `printf` makes files without a line's end, `echo` does not.");
    }

    /** @throws IllegalArgumentException when there is a {@link #problem} */
    public DoorSecret seal(String campaignUid, Optional<String> token, Optional<String> signingKey) {
        problem(token, signingKey).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        return new DoorSecret(
                token.map(text -> lookups.primaryOf(token(campaignUid, text))),
                signingKey.map(text -> cipher.encrypt(text.getBytes(StandardCharsets.UTF_8), TABLE, campaignUid)),
                lookups.primaryOf(
                        "webhook-secret:" + campaignUid + ":" + token.orElse("") + ":" + signingKey.orElse("")));
    }

    /** Whether this is the token of the door. Takes as long for a wrong one, and for a door that knows none. */
    public boolean isToken(FoundDoor door, String token) {
        boolean found = false;
        LookupKey expected = door.tokenDigest().orElse(FoundDoor.NO_DIGEST);
        for (LookupKey version : lookups.of(token(door.campaignUid(), token))) {
            found |= MessageDigest.isEqual(version.bytes(), expected.bytes());
        }
        return found && door.tokenDigest().isPresent();
    }

    /** The key that callers of this door sign with. */
    public Optional<byte[]> signingKey(FoundDoor door) {
        return door.signingKey().map(closed -> cipher.decrypt(closed, TABLE, door.campaignUid()));
    }

    private static String token(String campaignUid, String token) {
        return "webhook-token:" + campaignUid + ":" + token;
    }
}
