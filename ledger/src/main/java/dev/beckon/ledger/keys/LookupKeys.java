package dev.beckon.ledger.keys;

import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfSet;
import dev.beckon.ledger.LedgerException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns an identity into the keys under which it is found: one for each version of the look-up keyset, primary first. */
public final class LookupKeys {
    /** Bytes of a look-up key: half of SHA-256, far from any collision. */
    public static final int LENGTH = 16;

    private final List<Prf> versions;

    LookupKeys(PrfSet set) throws GeneralSecurityException {
        List<Prf> ordered = new ArrayList<>();
        ordered.add(set.getPrfs().get(set.getPrimaryId()));
        for (Map.Entry<Integer, Prf> entry : set.getPrfs().entrySet()) {
            if (entry.getKey() != set.getPrimaryId()) {
                ordered.add(entry.getValue());
            }
        }
        this.versions = List.copyOf(ordered);
    }

    /** Every key of an identity, such as {@code phone:+4912345}. */
    public List<LookupKey> of(String identity) {
        byte[] input = identity.getBytes(StandardCharsets.UTF_8);
        List<LookupKey> keys = new ArrayList<>(versions.size());
        for (Prf version : versions) {
            keys.add(compute(version, input));
        }
        return keys;
    }

    /** The key of the newest version. */
    public LookupKey primaryOf(String identity) {
        return compute(versions.getFirst(), identity.getBytes(StandardCharsets.UTF_8));
    }

    private static LookupKey compute(Prf prf, byte[] input) {
        try {
            return new LookupKey(prf.compute(input, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new LedgerException("computing a look-up key failed");
        }
    }
}
