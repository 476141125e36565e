package dev.beckon.ledger.accounts;

/** An account's session as the engine saved it. Printed without it: it is a key to the account. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SessionBundle(long version, byte[] bytes) {
    @Override
    public String toString() {
        return "SessionBundle[version=" + version + ", bytes=" + bytes.length + "]";
    }
}
