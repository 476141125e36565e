package dev.beckon.ledger.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import dev.beckon.ledger.LedgerException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The keys of an installation, as they stand in {@code keys.json}: a Tink AEAD keyset (AES-256-GCM) and a Tink PRF keyset
 * (HMAC-SHA-256).
 *
 * <p>AEAD keys rotate: {@link #withNewAeadKey()} makes a new one the one that encrypts; the old ones still decrypt. Look-up
 * keys are added and never dropped: who was erased can't be re-keyed, so each look-up is written and tried with every version.
 */
public final class LedgerKeys {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT_VERSION = 1;
    private static final Configuration AEAD = guarded("setting up Tink", AeadConfig2026::get);
    private static final Configuration LOOKUP = guarded("setting up Tink", PrfConfig2026::get);

    private final KeysetHandle aead;
    private final KeysetHandle lookup;

    private LedgerKeys(KeysetHandle aead, KeysetHandle lookup) {
        this.aead = aead;
        this.lookup = lookup;
    }

    /** New random keys for a new installation. */
    public static LedgerKeys generate() {
        return guarded(
                "making keys",
                () -> new LedgerKeys(
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AEAD),
                        KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF, LOOKUP)));
    }

    /**
     * Reads {@code keys.json}.
     *
     * @throws LedgerException with a sentence that names what is wrong, never the content
     */
    public static LedgerKeys fromJson(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (IOException e) {
            throw new LedgerException("keys.json is no JSON document: make one with `worker keys` or restore yours.");
        }
        if (root == null || root.path("version").asInt() != FORMAT_VERSION) {
            throw new LedgerException("keys.json must have \"version\": " + FORMAT_VERSION + ".");
        }
        return new LedgerKeys(keyset(root, "aead", AEAD), keyset(root, "lookup", LOOKUP));
    }

    private static KeysetHandle keyset(JsonNode root, String field, Configuration configuration) {
        if (!root.path(field).isObject()) {
            throw new LedgerException("keys.json lacks the keyset \"" + field + "\".");
        }
        return guarded(
                "reading the keyset \"" + field + "\" of keys.json",
                () -> TinkJsonProtoKeysetFormat.parseKeyset(
                        root.get(field).toString(), configuration, InsecureSecretKeyAccess.get()));
    }

    /** The document to keep in a Secret, and in a safe place: without it the ledger's people and sessions are lost. */
    public String toJson() {
        return guarded("writing keys.json", () -> {
            ObjectNode root = JSON.createObjectNode().put("version", FORMAT_VERSION);
            root.set("aead", JSON.readTree(serialized(aead, AEAD)));
            root.set("lookup", JSON.readTree(serialized(lookup, LOOKUP)));
            return root.toPrettyString();
        });
    }

    private static String serialized(KeysetHandle handle, Configuration configuration) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(handle, configuration, InsecureSecretKeyAccess.get());
    }

    /** The same keys and a new AEAD key that encrypts from now on. */
    public LedgerKeys withNewAeadKey() {
        return new LedgerKeys(extended(aead, PredefinedAeadParameters.AES256_GCM, AEAD), lookup);
    }

    /** The same keys and one more look-up key. The older ones stay, for ever. */
    public LedgerKeys withNewLookupKey() {
        return new LedgerKeys(aead, extended(lookup, PredefinedPrfParameters.HMAC_SHA256_PRF, LOOKUP));
    }

    private static KeysetHandle extended(KeysetHandle handle, Parameters parameters, Configuration configuration) {
        return guarded(
                "adding a key",
                () -> KeysetHandle.newBuilder(handle)
                        .setConfiguration(configuration)
                        .addEntry(KeysetHandle.generateEntryFromParameters(parameters)
                                .withRandomId()
                                .makePrimary())
                        .build());
    }

    /** Encryption with associated data. */
    public FieldCipher fieldCipher() {
        return guarded("using the AEAD keyset", () -> new FieldCipher(aead.getPrimitive(AEAD, Aead.class), keyIds()));
    }

    private Set<Integer> keyIds() {
        return IntStream.range(0, aead.size())
                .mapToObj(i -> aead.getAt(i).getId())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Keyed look-ups. */
    public LookupKeys lookupKeys() {
        return guarded("using the look-up keyset", () -> new LookupKeys(lookup.getPrimitive(LOOKUP, PrfSet.class)));
    }

    private interface Guarded<T> {
        T get() throws GeneralSecurityException, IOException;
    }

    private static <T> T guarded(String what, Guarded<T> work) {
        try {
            return work.get();
        } catch (GeneralSecurityException | IOException e) {
            throw new LedgerException(what + " failed: is it a keys.json of this version, whole and unchanged?");
        }
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "LedgerKeys[aead=" + aead.size() + ", lookup=" + lookup.size() + "]";
    }
}
