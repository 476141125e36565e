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

    byte[] seal(ParsedPerson person, String datasetUid, long ordinal) {
        try {
            return cipher.encrypt(JSON.writeValueAsBytes(person), TABLE, datasetUid, ordinal);
        } catch (IOException e) {
            throw new LedgerException("a parsed person could not be written");
        }
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

    /** The keys that tell whether a person is in a dataset already: of the user id, the one name that never changes hands. */
    List<LookupKey> ofUserId(long userId) {
        return lookups.of("user_id:" + userId);
    }

    /** All keys of all names. */
    List<LookupKey> of(Identities identities) {
        return identities.canonical().stream()
                .flatMap(identity -> lookups.of(identity).stream())
                .toList();
    }
}
