package dev.beckon.simulator.mtproto.session;

import dev.beckon.simulator.mtproto.tl.TlObject;
import dev.beckon.simulator.mtproto.tl.TlReader;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.mtproto.tl.TlWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all connections share: the codec, the keys and the sessions. */
final class SessionTable {
    private final TlReader reader;
    private final TlWriter writer;
    private final InstantSource clock;
    private final KeyRing keyRing;
    private final KeyRegistry keys;
    private final Inbox inbox;
    private final MessageIds plainIds;
    private final Map<SessionKey, MtSession> sessions = new ConcurrentHashMap<>();

    private record SessionKey(long authKeyId, long sessionId) {}

    SessionTable(TlSchema schema, KeyRing keyRing, RpcHandler handler, InstantSource clock) {
        this.reader = new TlReader(schema);
        this.writer = new TlWriter(schema);
        this.clock = clock;
        this.keyRing = keyRing;
        this.keys = new KeyRegistry(keyRing);
        this.inbox = new Inbox(reader, new RpcGate(reader, writer, handler, keys), keys, clock);
        this.plainIds = new MessageIds(clock);
    }

    MtSession get(AuthKey key, long sessionId) {
        return sessions.computeIfAbsent(
                new SessionKey(key.id(), sessionId), id -> new MtSession(sessionId, key, writer, clock));
    }

    /** The sessions that hear the updates of a permanent key. */
    List<MtSession> hearing(long authKeyId) {
        return sessions.values().stream()
                .filter(MtSession::wantsUpdates)
                .filter(session -> keys.permanentId(session.key())
                        .filter(id -> id == authKeyId)
                        .isPresent())
                .toList();
    }

    KeyRegistry keys() {
        return keys;
    }

    KeyRing keyRing() {
        return keyRing;
    }

    Inbox inbox() {
        return inbox;
    }

    TlReader reader() {
        return reader;
    }

    TlWriter writer() {
        return writer;
    }

    TlObject read(byte[] bytes) {
        return reader.read(bytes);
    }

    byte[] write(TlObject object) {
        return writer.write(object);
    }

    /** An id for a message outside of any session. */
    long plainMessageId() {
        synchronized (plainIds) {
            return plainIds.response();
        }
    }
}
