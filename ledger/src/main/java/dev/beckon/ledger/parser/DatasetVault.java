package dev.beckon.ledger.parser;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import dev.beckon.ledger.people.Identities;
import java.io.IOException;
import java.util.List;

/** Seals the lines of datasets and finds their people by look-up keys. Used by the ledger's rooms only. */
public final class DatasetVault {
    private static final String TABLE = "beckon_parser.parsed_person";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FieldCipher cipher;
    private final LookupKeys lookups;

    public DatasetVault(FieldCipher cipher, LookupKeys lookups) {
        this.cipher = cipher;
        this.lookups = lookups;
    }

    /** A person as a line of the export, without its end. */
    static byte[] print(ParsedPerson person) {
        try {
            return JSON.writeValueAsBytes(person);
        } catch (IOException e) {
            throw new LedgerException("a parsed person could not be written");
        }
    }

    byte[] seal(byte[] line, String datasetUid, long ordinal) {
        return cipher.encrypt(line, TABLE, datasetUid, ordinal);
    }

    /** The line of the export, without its end. */
    byte[] line(byte[] sealed, String datasetUid, long ordinal) {
        return cipher.decrypt(sealed, TABLE, datasetUid, ordinal);
    }

    static ParsedPerson parse(byte[] line) {
        try {
            return JSON.readValue(line, ParsedPerson.class);
        } catch (IOException e) {
            throw new LedgerException("a parsed person could not be read");
        }
    }

    /**
     * By what a person is found.
     *
     * @param userId tells whether the person is in a dataset already: of the user id, the one name that never changes hands
     * @param all of all names, the user id among them
     */
    record Keys(List<LookupKey> userId, List<LookupKey> all) {}

    /** Each key is an HMAC: who needs a person's keys several times asks once. */
    Keys keys(ParsedPerson person) {
        String id = "user_id:" + person.userId();
        List<LookupKey> userId = lookups.of(id);
        return new Keys(
                userId,
                person.identities().canonical().stream()
                        .flatMap(name -> name.equals(id) ? userId.stream() : lookups.of(name).stream())
                        .toList());
    }

    /** All keys of all names. */
    List<LookupKey> of(Identities identities) {
        return identities.canonical().stream()
                .flatMap(identity -> lookups.of(identity).stream())
                .toList();
    }
}
