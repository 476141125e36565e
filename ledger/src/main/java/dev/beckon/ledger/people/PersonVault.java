package dev.beckon.ledger.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Seals people into ciphertext and finds them by look-up keys. Used by the ledger's rooms only. */
public final class PersonVault {
    private static final String PERSON_TABLE = "beckon_invite.person";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER = JSON.writerFor(Sealed.class);
    private static final ObjectReader READER = JSON.readerFor(Sealed.class);

    private final FieldCipher cipher;
    private final LookupKeys lookups;

    public PersonVault(FieldCipher cipher, LookupKeys lookups) {
        this.cipher = cipher;
        this.lookups = lookups;
    }

    /** The stored shape; short names, for there are a million of them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Sealed(String p, String u, Long i, String f, String l, String e, String a) {}

    /** The ciphertext of a person, bound to the campaign and the ordinal. */
    public byte[] seal(Person person, String campaignUid, long ordinal) {
        Identities who = person.identities();
        Sealed stored = new Sealed(
                who.phone().orElse(null),
                who.username().orElse(null),
                who.userId().orElse(null),
                person.firstName().orElse(null),
                person.locale().orElse(null),
                person.consent().evidence().orElse(null),
                person.consent().at().orElse(null));
        try {
            return cipher.encrypt(WRITER.writeValueAsBytes(stored), PERSON_TABLE, campaignUid, ordinal);
        } catch (IOException e) {
            throw new LedgerException("a person could not be written");
        }
    }

    /** What came of opening a row, for a caller who goes on when it is unreadable. */
    public sealed interface Opened {
        record Known(Person person) implements Opened {}

        /** Not readable here: other keys wrote it, or another release. With those it is, so nobody may be given up for it. */
        record NotHere() implements Opened {}

        /** One of our keys wrote it, and it was changed since: nobody reads it any more. */
        record Damaged() implements Opened {}
    }

    /** The same as {@link #open}, but what is unreadable is an answer. */
    public Opened read(byte[] ciphertext, Consent.Basis basis, String campaignUid, long ordinal) {
        return switch (cipher.open(ciphertext, PERSON_TABLE, campaignUid, ordinal)) {
            case FieldCipher.Opened.Plain(byte[] bytes) -> {
                try {
                    yield new Opened.Known(person(READER.readValue(bytes), basis));
                } catch (IOException | IllegalArgumentException e) {
                    // The second is what a person without any name is refused with.
                    yield new Opened.NotHere();
                }
            }
            case FieldCipher.Opened.OtherKeys _ -> new Opened.NotHere();
            case FieldCipher.Opened.Damaged _ -> new Opened.Damaged();
        };
    }

    /** The person behind a ciphertext. */
    public Person open(byte[] ciphertext, Consent.Basis basis, String campaignUid, long ordinal) {
        try {
            return person(READER.readValue(cipher.decrypt(ciphertext, PERSON_TABLE, campaignUid, ordinal)), basis);
        } catch (IOException e) {
            throw new LedgerException("a person could not be read");
        }
    }

    private static Person person(Sealed stored, Consent.Basis basis) {
        return new Person(
                new Identities(
                        Optional.ofNullable(stored.p), Optional.ofNullable(stored.u), Optional.ofNullable(stored.i)),
                Optional.ofNullable(stored.f),
                Optional.ofNullable(stored.l),
                new Consent(basis, Optional.ofNullable(stored.e), Optional.ofNullable(stored.a)));
    }

    /** Every look-up key of every identity, in one order for all who lock them: two who lock never wait in a circle. */
    public List<LookupKey> lookups(Identities identities) {
        return sorted(unordered(identities));
    }

    /** Of every name, whoever told it; in the same order. */
    public List<LookupKey> lookups(Names names) {
        return sorted(unordered(names.canonical()));
    }

    /** The same in no order, but that the first is the {@link #reference}. */
    public List<LookupKey> unordered(Identities identities) {
        return unordered(identities.canonical());
    }

    private List<LookupKey> unordered(List<String> canonical) {
        List<LookupKey> keys = new ArrayList<>();
        for (String identity : canonical) {
            keys.addAll(lookups.of(identity));
        }
        return keys;
    }

    private static List<LookupKey> sorted(List<LookupKey> keys) {
        List<LookupKey> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        return sorted;
    }

    /** The one key by which the outcome log names a person: of the strongest identity, with the newest look-up key. */
    public LookupKey reference(Identities identities) {
        return lookups.primaryOf(identities.canonical().getFirst());
    }
}
