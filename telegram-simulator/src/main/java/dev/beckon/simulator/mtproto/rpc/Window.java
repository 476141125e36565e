package dev.beckon.simulator.mtproto.rpc;

import dev.beckon.simulator.mtproto.tl.TlObject;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The part of a history that a client asks for (core.telegram.org/api/offsets).
 *
 * @param offsetId the page begins below this id; 0 for the newest
 * @param addOffset how many messages further down it begins; negative: further up
 */
record Window(int offsetId, int addOffset, int limit, int minId, int maxId) {
    private static final int MOST = 100;

    static Window of(TlObject query) {
        return new Window(
                query.integer("offset_id"),
                query.integer("add_offset"),
                Math.clamp(query.integer("limit"), 0, MOST),
                query.integer("min_id"),
                query.integer("max_id"));
    }

    <T> List<T> cut(List<T> newestFirst, ToIntFunction<T> id) {
        int start = 0;
        while (offsetId > 0 && start < newestFirst.size() && id.applyAsInt(newestFirst.get(start)) >= offsetId) {
            start++;
        }
        int from = Math.clamp(start + addOffset, 0, newestFirst.size());
        int to = Math.min(newestFirst.size(), Math.max(from, start + addOffset + limit));
        return newestFirst.subList(from, to).stream()
                .filter(message -> minId == 0 || id.applyAsInt(message) > minId)
                .filter(message -> maxId == 0 || id.applyAsInt(message) < maxId)
                .toList();
    }
}
