package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Freeze;
import java.time.Instant;
import java.util.Optional;

/** TDLib's {@code updateFreezeState}. */
final class TdFreeze {
    private TdFreeze() {}

    /** Empty when the account is not, or no longer, frozen. */
    static Optional<Freeze> of(ObjectNode update) {
        return update.path("is_frozen").asBoolean()
                ? Optional.of(new Freeze(
                        Instant.ofEpochSecond(update.path("freezing_date").asLong()),
                        Optional.of(update.path("deletion_date").asLong())
                                .filter(date -> date > 0)
                                .map(Instant::ofEpochSecond)))
                : Optional.empty();
    }
}
