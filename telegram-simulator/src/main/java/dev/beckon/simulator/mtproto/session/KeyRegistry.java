package dev.beckon.simulator.mtproto.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All auth keys: the permanent ones of the {@link KeyRing}, and the temporary ones of this process. A temporary key that
 * a restarted data centre no longer knows is made anew by its client.
 */
final class KeyRegistry {
    private final KeyRing permanent;
    private final Map<Long, AuthKey> temporary = new ConcurrentHashMap<>();
    private final Map<Long, AuthKey> cached = new ConcurrentHashMap<>();
    private final Map<Long, Long> bound = new ConcurrentHashMap<>();

    KeyRegistry(KeyRing permanent) {
        this.permanent = permanent;
    }

    void keep(AuthKey key) {
        if (key.temporary()) {
            temporary.put(key.id(), key);
        } else {
            permanent.keep(key);
            cached.put(key.id(), key);
        }
    }

    Optional<AuthKey> find(long id) {
        AuthKey known = temporary.get(id);
        if (known == null) {
            known = cached.get(id);
        }
        if (known != null) {
            return Optional.of(known);
        }
        Optional<AuthKey> restored = permanent.find(id);
        restored.ifPresent(key -> cached.put(id, key));
        return restored;
    }

    void bind(AuthKey temporaryKey, AuthKey permanentKey) {
        bound.put(temporaryKey.id(), permanentKey.id());
    }

    /** The key's own id, or that of the permanent key it is bound to; empty for a temporary one not bound yet. */
    Optional<Long> permanentId(AuthKey key) {
        return key.temporary() ? Optional.ofNullable(bound.get(key.id())) : Optional.of(key.id());
    }

    void forget(AuthKey key) {
        if (temporary.remove(key.id()) == null) {
            cached.remove(key.id());
            permanent.forget(key.id());
        }
        bound.remove(key.id());
    }
}
